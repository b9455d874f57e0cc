// The parts inside `<rtc-chat>` for the elements around them, as values of `exportparts`.

const LOG =
  'scroller,day,divider,message,own,pending,failed,avatar,author,time,text,show-more,link,problem,jump,' +
  'deleted,quote,edited,reactions,reaction,mine,seen,toolbar,message-menu';

const FILES = [
  'file',
  'file-name',
  'file-facts',
  'file-status',
  'file-problem',
  'file-progress',
  'file-preview',
  'file-button',
];

export const FILE_PARTS = FILES.join();
export const LOG_PARTS = `${LOG},empty,${FILE_PARTS}`;
export const TYPING_PARTS = 'typing,dots';
export const COMPOSER_PARTS = 'composer,field,send,note,target,attach,attachments,attachment';
export const ENTRY_PARTS = 'entry,waiting,over';

/** Of a chat in an `<rtc-room>`, which has a header, a title, an empty stage, a waiting room and files itself. */
export const CHAT_PARTS = [
  'header:chat-header,title:chat-title,empty:chat-empty,waiting:chat-waiting',
  'connection,search,entry,over,notice,toast,log,drop:chat-drop',
  LOG,
  FILES.map((name) => `${name}:chat-${name}`).join(),
  TYPING_PARTS,
  COMPOSER_PARTS,
].join();
