// Two figures of one cut-off: the line in a figure that names a handle (`data.linked`) stands where the handle stands, and
// a drag along it moves that handle, whose curves follow at every step; letting go commits. They speak by events of the
// document, so neither needs to know where on the page the other is.

const AT = "cd-at", MOVE = "cd-move", RELEASE = "cd-release";

const tell = (type, detail) => document.dispatchEvent(new CustomEvent(type, { detail }));

function valueUnder(plot, event) {
  const axis = plot._fullLayout.xaxis, px = event.clientX - plot.getBoundingClientRect().left - axis._offset;
  return px < 0 || px > axis._length ? null : axis.p2d(px);
}

function createLink(plot) {
  const self = { given: null, at: null };
  let dragging = false;
  const heard = ({ detail }) => {
    if (detail.name !== self.given.linked.name || detail.value === self.at) return;
    self.at = detail.value;
    self.place();
  };
  const move = (event) => {
    const value = valueUnder(plot, event);
    if (value !== null) tell(MOVE, { name: self.given.linked.name, value });
  };
  plot.addEventListener("pointerdown", (event) => {
    if (!plot._fullLayout || valueUnder(plot, event) === null || event.target.closest(".modebar")) return;
    dragging = true;
    plot.setPointerCapture(event.pointerId);
    move(event);
  });
  plot.addEventListener("pointermove", (event) => dragging && move(event));
  for (const end of ["pointerup", "pointercancel"])
    plot.addEventListener(end, () => {
      if (dragging) tell(RELEASE, { name: self.given.linked.name });
      dragging = false;
    });
  document.addEventListener(AT, heard);
  plot.classList.add("cd-linked");
  self.receive = (given) => {
    self.given = given;
    self.at = null; // the server's figure has the committed cut-off
  };
  // The line is pushed to where the handle stands; the figure is not drawn anew.
  self.place = () => {
    const axis = plot._fullLayout?.xaxis, { shape } = self.given.linked;
    const line = plot.querySelector(`.shapelayer path[data-index="${shape}"]`);
    if (!axis || !line) return;
    const from = self.given.figure.layout.shapes[shape].x0;
    line.style.transform = self.at === null ? "" : `translateX(${axis.d2p(self.at) - axis.d2p(from)}px)`;
    plot.dataset.linkedAt = self.at ?? from;
  };
  self.forget = () => document.removeEventListener(AT, heard);
  return self;
}

// The handle's side: it says where it stands and goes where a linked figure sends it.
function listenToLinks(name, moveToValue, commit) {
  const moved = ({ detail }) => detail.name === name() && moveToValue(detail.value);
  const released = ({ detail }) => detail.name === name() && commit();
  document.addEventListener(MOVE, moved);
  document.addEventListener(RELEASE, released);
  return () => {
    document.removeEventListener(MOVE, moved);
    document.removeEventListener(RELEASE, released);
  };
}
