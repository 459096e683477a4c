/// A little comfort; the page tells everything without it.
///
/// It holds no "<" and no "&", so that the page stays readable as XML.
enum PageScript {
  static let text = """

    (function () {
      'use strict';
      var root = document.documentElement;
      var tip = document.getElementById('tip');

      // Theme: follows the system until the person chooses.
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'theme';
      function isDark() {
        var chosen = root.getAttribute('data-theme');
        return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
      }
      function name() { button.textContent = isDark() ? 'Light theme' : 'Dark theme'; }
      button.addEventListener('click', function () {
        root.setAttribute('data-theme', isDark() ? 'light' : 'dark');
        name();
      });
      name();
      document.querySelector('header.top').appendChild(button);

      // Values on hover, on touch, and with the arrow keys.
      function show(point) {
        var box = point.getBoundingClientRect();
        tip.textContent = point.getAttribute('data-t');
        tip.className = 'on';
        var left = box.left + box.width / 2 - tip.offsetWidth / 2;
        left = Math.max(8, Math.min(left, root.clientWidth - tip.offsetWidth - 8));
        var top = box.top - tip.offsetHeight - 8;
        if (Math.min(top, 8) === top) { top = Math.min(box.top + 12, innerHeight - tip.offsetHeight - 8); }
        tip.style.left = left + 'px';
        tip.style.top = top + 'px';
      }
      function hide() { tip.className = ''; }
      document.querySelectorAll('svg.chart').forEach(function (chart) {
        var points = Array.prototype.slice.call(chart.querySelectorAll('.pt'));
        points.forEach(function (point) {
          var title = point.querySelector('title');
          point.setAttribute('data-t', title.textContent);
          point.removeChild(title);
          point.addEventListener('pointerenter', function () { show(point); });
          point.addEventListener('pointerleave', hide);
          point.addEventListener('focus', function () { show(point); });
          point.addEventListener('blur', hide);
        });
        if (points.length === 0) { return; }
        points[0].setAttribute('tabindex', '0');
        chart.addEventListener('keydown', function (event) {
          var at = points.indexOf(document.activeElement);
          if (at === -1) { return; }
          var next = at;
          if (event.key === 'ArrowRight' || event.key === 'ArrowDown') { next = at + 1; }
          else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') { next = at - 1; }
          else if (event.key === 'Home') { next = 0; }
          else if (event.key === 'End') { next = points.length - 1; }
          else if (event.key === 'Escape') { hide(); return; }
          else { return; }
          event.preventDefault();
          next = Math.max(0, Math.min(points.length - 1, next));
          points[at].setAttribute('tabindex', '-1');
          points[next].setAttribute('tabindex', '0');
          points[next].focus();
        });
      });

      // On paper the folded scenario and methods would be lost.
      addEventListener('beforeprint', function () {
        document.querySelectorAll('#method details').forEach(function (one) { one.open = true; });
      });
    })();

    """
}
