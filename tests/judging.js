// Draws a page of attacks and says what became an element of its own, an attribute, or ran.
async page => {
  window.ran = [];
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
    window[name] = () => { window.ran.push(name); };
  const get = (proto, name) => Object.getOwnPropertyDescriptor(proto, name).get;
  const attributes = get(Element.prototype, 'attributes');
  const tag = get(Element.prototype, 'localName');
  document.open(); document.write(page); document.close();
  const faults = [];
  const ours = new Set((
    'html head meta title body p h1 h2 h3 h4 h5 h6 blockquote pre ' +
    'ul ol li hr br a table thead tbody tr th td code em ' +
    'strong s div span article section header time bdi img q svg path circle ' +
    'ellipse use g line input label button progress small details summary textarea option select ' +
    'form i figure nav'
  ).split(' '));
  for (const each of document.querySelectorAll('*')) {
    if (!ours.has(tag.call(each))) faults.push(tag.call(each));
    for (const one of attributes.call(each)) {
      if (/^on/i.test(one.name)) faults.push(one.name);
      if (/^(href|src|action|formaction|xlink:href|srcdoc|data|background|poster)$/i.test(one.name)
          && !/^(https?:\/\/|mailto:|\/(?!\/)|#|$)/i.test(one.value)) faults.push(one.value);
    }
  }
  // What has no handler has nothing to run on an event.
  for (const each of document.querySelectorAll('*')) {
    if (![...attributes.call(each)].some(one => /^on/i.test(one.name))) continue;
    for (const kind of ['click', 'mouseover', 'focus', 'load', 'error', 'toggle'])
      each.dispatchEvent(new Event(kind));
  }
  await new Promise(done => setTimeout(done, 60));
  return [faults.slice(0, 20), faults.length, window.ran.length];
}