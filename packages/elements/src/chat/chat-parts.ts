// The parts inside `<rtc-chat>` for the elements around them, as values of `exportparts`.

const LOG =
  'scroller,day,divider,message,own,pending,failed,avatar,author,time,text,link,problem,jump,' +
  'deleted,quote,edited,reactions,reaction,mine,seen,toolbar,message-menu';

export const LOG_PARTS = `${LOG},empty`;
export const TYPING_PARTS = 'typing,dots';
export const COMPOSER_PARTS = 'composer,field,send,note,target';
export const ENTRY_PARTS = 'entry,waiting,over';

/** Of a chat in an `<rtc-room>`, which has a header, a title, an empty stage and a waiting room itself. */
export const CHAT_PARTS = [
  'header:chat-header,title:chat-title,empty:chat-empty,waiting:chat-waiting',
  'connection,search,entry,over,notice,toast,log',
  LOG,
  TYPING_PARTS,
  COMPOSER_PARTS,
].join();
