// Made from unhomoglyph by `npm run confusables:write`; edits are lost.
/**
 * @license unhomoglyph 1.0.6 (MIT)
 *
 * Copyright (c) 2016 Vitaly Puzrin.
 *
 * Permission is hereby granted, free of charge, to any person
 * obtaining a copy of this software and associated documentation
 * files (the "Software"), to deal in the Software without
 * restriction, including without limitation the rights to use,
 * copy, modify, merge, publish, distribute, sublicense, and/or sell
 * copies of the Software, and to permit persons to whom the
 * Software is furnished to do so, subject to the following
 * conditions:
 *
 * The above copyright notice and this permission notice shall be
 * included in all copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND,
 * EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES
 * OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
 * NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT
 * HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY,
 * WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
 * FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR
 * OTHER DEALINGS IN THE SOFTWARE.
 */

/** A look, `=`, and the characters that have it. Normalized to NFKC, then NFD. */
export const CONFUSABLES: readonly string[] = [
  "!=ǃ &=ꝸ '=`ʹʻʼʽʾˈˊˋ˴՚՝\u{5d9}\u{5f3}‘’‛′‵ꞌ ''=\"ʺˮ˶\u{5f2}\u{5f4}᳓“”‟〃 'B=Ɓ 'D=Ɗ 'P=Ƥ",
  "'T=Ƭ 'Y=Ƴ (=❨❲〔﴾ ((=⸨ )=❩❳〕﴿ ))=⸩ *=\u{66d}⁎∗ +=᛭➕ +2=⨧ ,=\u{60d}\u{66b}‚",
  '-=˗\u{6d4}‐‒–⁃−➖ .=\u{660}\u{6f0}\u{1d16d} /=᜵⁁⁄∕╱⟋⧸〳ノ㇓丿𝈺 //=⫽ ///=⫻ 2=ƧꙄꝚ 2\u{335}=ƻ',
  '3=ƷȜЗӠꝪꞫ𝈆 3\u{326}=Ҙ 4=Ꮞ 5=Ƽ 6=бᏮ 7=𝈒 8=Ȣȣ৪ 9=৭Ꝯ :=ː˸։\u{5c3}\u{903}᛬᠃⁚∶꞉ <=˂‹❮𝈶 <<=≪',
  '<<<=⋘ ==⹀゠ >=˃›❯𝈷 ><=⪥ >>=≫⨠ >>>=⋙ ?=ɁʔॽᎮ A=ΑАᎪ AA=Ꜳ AE=ÆӔ AO=Ꜵ AR=🜇 AU=Ꜷ AV=ꜸꜺ AY=Ꜽ',
  "B=ΒВᏴꞴ C=СᏟ🝌 C'=Ƈ C\u{326}=Ҫ D=Ꭰ D\u{335}=ÐĐƉ E=ΕЕᎬ⋿ E\u{338}=Ɇ F=ϜꞘ𝈓 F\u{326}=Ƒ G=ԌᏀᏳ",
  "G'=Ɠ G\u{335}=Ǥ H=ΗНᎻ H\u{326}=ӇӉ H\u{329}=ҢⱧ H\u{335}=Ħ J=ͿЈᎫꞲ J\u{335}=Ɉ K=ΚКᏦ K'=Ƙ",
  'K\u{329}=ҚⱩ K\u{335}=ҞꝀ L=Ꮮ𝈪 L\u{338}=Ł M=ΜϺМᎷ MB=🝫 M\u{326}=Ӎ N=Ν N\u{30a}=𐆎 N\u{326}=Ɲ',
  "O=0ΟОՕ০〇 O'=Ꭴ OE=Œ OO=ꚘꝎ O\u{335}=ƟΘθѲӨᎾᏫꝊ𝈚 O\u{338}=Ø P=ΡРᏢ QE=🜀 R=ƦᎡᏒ𝈖 S=ЅՏᏕᏚ",
  'T=ΤТᎢ⊤⟙🝨 T3=Ꜩ T\u{328}=Ʈ T\u{329}=Ҭ T\u{335}=Ŧ T\u{338}=Ⱦ U=Ս∪⋃ U\u{335}=ɄᏌ',
  'V=Ѵ\u{667}\u{6f7}Ꮩ𝈍 VB=🝬 W=ԜᎳᏔ X=ΧХ╳Ꭓ X\u{329}=Ҳ Y=ΥУҮᎩᎽ Y\u{335}=ɎҰ Z=ΖᏃ𐋵 Z\u{326}=Ȥ',
  'Z\u{335}=Ƶ \\=∖⟍⧵⧹㇔丶𝈏𝈻 \\\\=⑊ ^=˄ˆ a=ɑαа⍺ aa=ꜳ ae=æӕ ao=ꜵ au=ꜷ av=ꜹꜻ ay=ꜽ b=ƄЬᏏ bl=Ы',
  'b\u{304}=ƂƃБ b\u{314}=ɓ b\u{335}=ƀѢѣҌҍ c=сᴄꮯ c\u{326}=ҫ c\u{338}=ȼ d=ԁᏧ dz=ʣ dȝ=ʤ dʑ=ʥ',
  'd\u{304}=ƌ d\u{314}=ɗ d\u{328}=ɖ d\u{335}=đ e=еҽ℮ꬲ e\u{328}=ҿ e\u{338}=ɇ f=քẝꞙꬵ fŋ=ʩ',
  'f\u{326}=ƒ f\u{334}=ᵮ g=ƍɡցᶃ g\u{314}=ɠ g\u{335}=ǥ h=һհᏂ h\u{314}=ɦᏲꚕ h\u{335}=ħћ',
  'i=ıɩɪιіӏᎥ⍳ꙇꭵ i\u{335}=ɨᵻᵼ j=ϳј j\u{335}=ɉ k\u{314}=ƙ',
  "l=1I|ƖǀΙІӀ\u{5c0}\u{5d5}\u{5df}\u{627}\u{661}\u{6f1}∣⏽ l'=\u{5f1} lO=Ю⏨ ll=ǁ\u{5f0}‖∥ ls=ʪ",
  'lt=₶ lz=ʫ lȝ=ɮ l\u{328}=ɭ l\u{334}=ɫ l\u{335}=Ɨƚ l\u{338}=ł l\u{655}=\u{673}',
  'l\u{674}=\u{672} n=ոռ n\u{328}=ɳ n\u{329}=ƞη n\u{334}=ᵰ',
  'o=οσоօ\u{5e1}\u{647}\u{665}\u{6be}\u{6c1}\u{6d5}\u{6f5}०๐ჿᴏᴑꬽ o/O=%\u{66a}⁒ o/OO=\u{609}‰',
  'o/OOO=\u{60a}‱ oe=œ oo=∞ꚙꝏ o\u{302}=\u{6ff} o\u{31b}=ꭴ o\u{335}=ɵѳөꝋꮎꮻ o\u{338}=øꬾ oᴇ=ɶ',
  "p=ρр⍴ p\u{314}=ƥ p\u{335}=ᵽ q=ԛգզ q\u{314}=ʠ r=гᴦꭇꭈꮁ r'=ґ rn=m rn\u{326}=ɱ rn\u{334}=ᵯ",
  'r\u{328}=ɽ r\u{329}=ɼ r\u{334}=ᵲ r\u{335}=ɍғ s=ƽѕꜱꮪ sss=🝜 s\u{328}=ʂ s\u{334}=ᵴ tf=ꝷ ts=ʦ',
  'tȝ=ꜩ tɕ=ʨ tʃ=ʧ t\u{314}=ƭ t\u{334}=ᵵ t\u{335}=ŧ u=ʋυսᴜꞟꭎꭒ ue=ᵫ uo=ꭣ u\u{335}=ᵾꮜ',
  'v=νѵ\u{5d8}ᴠ∨⋁ꮩ w=ɯѡԝաᴡꮃ w\u{326}=ꝡ w\u{486}\u{487}=ѽ x=×х⤫⤬⨯ y=ɣʏγуүყᶌỿꭚ y\u{314}=ƴ',
  'y\u{335}=ɏұ z=ᴢꮓ z\u{326}=ȥ z\u{328}=ʐ z\u{334}=ᵶ z\u{335}=ƶ {=❴𝄔 }=❵ ~=⁓∼ Þ=Ϸ ß=βᏰꞵ þ=ƿϸ',
  'ĸ=κкᴋꮶ ĸ\u{329}=қ ĸ\u{335}=ҟ ƅ=ьꮟ ƅi=ы Ɔ=ϽↃ Ə=Ә Ɛ=ԐᏋ𝈡 ƨ=ᴤꙅ Ʃ=Σ ƫ=Ꮏ ǝ=əә ǝo=ᴔ ǝo\u{335}=ꭂ',
  'ǝo\u{338}=ꭁ Ƕ=Ԋ ȝ=ʒӡჳꝫ ȷ=յ ɂ=ꭾ Ʌ=ΛЛ\u{668}\u{6f8} Ʌ\u{326}=Ӆ ɋ=ᶐ ɔ=ͻᴐↄ ɔe=ꭢ ɔ\u{338}=ꬿ ɜ=зᴈ',
  'ɜ\u{326}=ҙ ɢ=ԍᏻꮐ ɰ=պ ɸ=φф ɾ\u{334}=ᵳ ʀ=ꭱꮢ ʃ=ꭍ ʊ\u{335}=ᵿ ʌ=ᴧ ʍ=мᴍꮇ ʍ\u{326}=ӎ ʘ=Ꙩ ʙ=вᏼ ʚ=ꞝ',
  'ʜ=нꮋ ʜ\u{326}=ӈӊ ʜ\u{329}=ң ʟ=ꮮ \u{301}=\u{59c}\u{59d}\u{618} \u{302}=\u{65b}',
  '\u{304}=\u{659} \u{306}=\u{658}\u{65a}\u{a67c} \u{306}\u{307}=\u{6e8}\u{901}\u{981}',
  '\u{307}=\u{5b9}\u{5ba}\u{5c1}\u{5c2}\u{5c4}\u{6ec}\u{8ea}\u{902} \u{308}=\u{8eb}',
  '\u{30a}=\u{5af}\u{6df}\u{e4d}\u{2dea} \u{30b}=\u{8f0} \u{312}=\u{657}',
  '\u{313}=\u{619}\u{8f3} \u{314}=\u{65d} \u{323}=\u{5b4}\u{5c5}\u{65c}\u{8ed}\u{93c}\u{9bc}',
  '\u{324}=\u{8ee} \u{329}=\u{656} \u{350}=\u{8f8}\u{8ff} \u{352}=\u{900} \u{354}=\u{8f9}',
  '\u{355}=\u{8fa} \u{363}=\u{2df6} \u{364}=\u{2df7} \u{368}=\u{2ded} \u{36f}=\u{2def} Γ=ГᎱ',
  "Γ'=Ґ Γ\u{335}=Ғ Π=П Φ=ФՓ Ψ=Ѱ π=пᴨ ς=ϛ χ=ꭓꭕ ψ=ѱ ω=ꙍꞷ Ж\u{329}=Җ И=Ͷ𝈋 И\u{326}\u{300}=Ҋ",
  'Ъl=Ꙑ ж\u{329}=җ л=ᴫ л\u{326}=ӆ љ=ꭠ Ѡ=Ꮗ𝈢 Ѡ\u{486}\u{487}=Ѽ Ҷ=Ӌ ҷ=ӌ Ҽ\u{328}=Ҿ Ӿ=𝈂 Ո=𝉅',
  '\u{596}=\u{5ad} \u{598}=\u{5ae} \u{599}=\u{5a8} \u{59a}=\u{5a4} \u{621}\u{348}=\u{6fd}',
  '\u{628}\u{654}=\u{8a1} \u{628}\u{6db}=\u{751} \u{628}\u{6e2}=\u{8b6} \u{629}=\u{6c3}',
  '\u{62d}\u{654}=\u{681}\u{772} \u{62d}\u{6db}=\u{685} \u{62f}\u{302}=\u{6ee}',
  '\u{62f}\u{324}\u{323}=\u{8ae} \u{62f}\u{615}=\u{688} \u{62f}\u{6db}=\u{68e}',
  '\u{631}\u{302}=\u{6ef} \u{631}\u{306}=\u{692} \u{631}\u{306}\u{307}=\u{8b9}',
  '\u{631}\u{615}=\u{691} \u{631}\u{654}=\u{76c} \u{631}\u{6db}=\u{698} \u{632}\u{302}=\u{8b2}',
  '\u{633}\u{302}=\u{77e} \u{633}\u{6db}=\u{634} \u{635}\u{324}\u{323}=\u{8af}',
  '\u{635}\u{6db}=\u{69e} \u{637}\u{6db}=\u{69f} \u{639}=\u{60f} \u{641}=\u{6a7}',
  '\u{643}=\u{6a9}\u{6aa} \u{643}\u{6db}=\u{6ad}\u{763} \u{644}\u{306}=\u{6b5}',
  '\u{644}\u{6db}=\u{6b7} \u{645}\u{348}=\u{6fe} \u{645}\u{6db}=\u{8a7} \u{646}\u{306}=\u{769}',
  '\u{646}\u{615}=\u{768} \u{648}=\u{8b1} \u{648}\u{302}=\u{6c9} \u{648}\u{306}=\u{6c6}',
  '\u{648}\u{313}=\u{6c7} \u{648}\u{670}=\u{6c8} \u{648}\u{6db}=\u{6cb}',
  '\u{649}=\u{64a}\u{66e}\u{6ba}\u{6cc}\u{6d2}\u{8bd} \u{649}\u{302}=\u{63d}',
  '\u{649}\u{306}=\u{6ce}\u{756} \u{649}\u{306}\u{307}=\u{8ba} \u{649}\u{615}=\u{679}\u{6bb}',
  '\u{649}\u{654}=\u{8a8} \u{649}\u{6db}=\u{62b}\u{63f}\u{67e}\u{6bd}\u{6d1}',
  '\u{649}\u{6db}\u{6e2}=\u{8b7} \u{64c}=\u{8e5}\u{8e8}\u{8f1} \u{64d}=\u{8f2} \u{650}=\u{61a}',
  '\u{655}=\u{65f} \u{662}=\u{6f2} \u{663}=\u{6f3} \u{664}=\u{6f4} \u{666}=\u{6f6}',
  '\u{669}=\u{6f9}१ \u{67b}=\u{6d0} \u{68a}\u{615}=\u{68b} \u{697}\u{615}=\u{771}',
  '\u{6a1}=\u{66f}\u{8bb}\u{8bc} \u{6a1}\u{6db}=\u{6a4}\u{6a8} \u{6a2}\u{6db}=\u{8a4}',
  '\u{6ac}=\u{762} \u{6af}=\u{8b0} \u{6af}\u{6db}=\u{6b4} \u{754}=\u{767}\u{8a9} अ\u{93e}=आ',
  'अ\u{93e}\u{946}=ऒ अ\u{93e}\u{947}=ओ अ\u{93e}\u{948}=औ अ\u{946}=ऄ अ\u{949}=ऑ ए\u{945}=ऍ',
  'ए\u{946}=ऎ ए\u{947}=ऐ र\u{94d}इ=ई অ\u{9be}=আ ঋ\u{9c3}=ৠৡ ข=ฃ ค=ดต ฆ=ม ช=ซ ฎ=ฏ ฑ=ท ภ=ฦ า=ๅ',
  'เเ=แ ᴀ=ꭺ ᴅ=ꭰ ᴇ=ꭼ ᴊ=ꭻ ᴎ=ͷи ᴎ\u{326}\u{306}=ҋ ᴘ=ᴩꮲ ᴙ=я ᴛ=τтꭲ ᴛ\u{329}=ҭ \u{1ddf}=\u{2de8}',
  'ẟ=δծ \u{20e9}=\u{a66f} ❬=く𡿨 Ɐ=𝈗 Ⱶ=ͰᎨᎰ ⱶ=ꮀ へ=ヘ ー=一ꟷ 㔾=⺋ 㖈=䎛 㘽=㦳 㣺=⺗ 㩁=搉 㫚=曶 㬵=胶 㬺=幐 㬻=䐠',
  '㮣=槩 䀹=鿃 䀿=晣 䑃=朦 䚶=訞 丬=⺦ 乚=⺃ 乛=⺂ 亀=⻲ 二=ニ 亻=⺅イ 併=倂 値=值 兀=⺎ 八=ハ 刂=⺉ 力=カ 卜=ト 口=ロ囗 啓=啟 土=士 塡=填',
  '墫=壿 夕=タ 媯=嬀 尢=⺐ 尣=⺏ 工=エ 巳=⺒ 帡=帲 幺=⺓ 彑=⺔ 忄=⺖ 戶=戸 扌=⺘ 攵=⺙ 斉=⻫ 旡=⺛ 晚=晩 朌=肦 朏=胐 朐=胊 朓=脁 朘=脧 朣=膧',
  '杮=柿 榝=樧 歯=⻭ 歺=⺞ 民=⺠ 氵=⺡ 氺=⺢ 溈=潙 灬=⺣ 爫=⺤ 犭=⺨ 研=硏 礻=⺭ 竜=⻯ 糹=⺯ 絕=絶 罒=⺫⺲ 罓=⺱ 耂=⺹ 肀=⺺ 胼=腁 艹=⺾⺿⻀',
  '蒍=蔿 蘷=虁 虎=⻁ 衤=⻂ 西=⻄ 覀=⻃ 见=⻅ 訮=詽 讆=讏 讠=⻈ 豜=豣 贝=⻉ 赿=趆 跥=跺 躗=躛 軿=輧 车=⻋ 辶=⻌⻍ 郎=郞 鎭=鎮 钅=⻐ 長=⻑',
  '镸=⻒ 长=⻓ 门=⻔ 阝=⻏⻖ 隷=隸 青=⻘ 韦=⻙ 页=⻚ 风=⻛ 飞=⻜ 食=⻝ 飠=⻟ 饣=⻠ 马=⻢ 鬼=⻤ 鱼=⻥ 鹂=鹃 麦=⻨ 黄=⻩ 黑=黒 齐=⻬ 齿=⻮',
  '龙=⻰ ꓕ=Ʇ𝈜 ꓶ=𝈕𝈫 Ꙍ=Ꞷ ꜧ=ꞕ Ꜿ=Ͽ ꜿ=ͽ Ꝺ=ꝺ Ꞇ=Ⴀ Ꞓ=Є ꞓ=ɛεєԑꮛ ꟻ=𝈰',
]
  .join(' ')
  .split(' ');
