/// The page's looks, for screens wide and narrow, light and dark, and for paper.
enum StyleSheet {
  static var text: String {
    """

    :root{color-scheme:light;\(Theme.light.variables)}
    @media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;\(Theme.dark.variables)}}
    @media screen{:root[data-theme=dark]{color-scheme:dark;\(Theme.dark.variables)}}
    \(arms)
    \(rules)
    \(charts)
    \(narrow)
    \(paper)

    """
  }

  private static var arms: String {
    var lines: [String] = []
    for index in Theme.light.arms.indices {
      lines.append(
        ".a\(index){--c:var(--arm\(index));--ct:var(--text\(index));--dash:\(ArmLook.dashes[index])}"
      )
    }
    for (index, dash) in ArmLook.dashes.enumerated() { lines.append(".d\(index){--dash:\(dash)}") }
    return lines.joined(separator: "\n")
  }

  private static let rules = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0;background:var(--ground);color:var(--ink);font:400 1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
    .top,main,footer{max-width:66rem;margin:0 auto;padding:0 1.75rem}
    .top{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1.75rem;padding-top:1.25rem;padding-bottom:1rem;font-size:.875rem}
    .brand{margin:0;font-weight:650;letter-spacing:.01em}
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0;padding:0;list-style:none}
    nav{margin-right:auto}
    a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:.06em}
    nav a{color:var(--soft);text-decoration:none;display:inline-block;padding:.2rem 0}
    nav a:hover{color:var(--ink);text-decoration:underline}
    :focus-visible{outline:2px solid var(--link);outline-offset:3px;border-radius:2px}
    .skip{position:absolute;left:-100rem;top:0;background:var(--ground);padding:.6rem 1rem;z-index:3}
    .skip:focus{left:.5rem;top:.5rem}
    .theme{font:inherit;color:var(--soft);background:none;border:1px solid var(--faint);border-radius:1rem;padding:.15rem .8rem;cursor:pointer}
    .theme:hover{color:var(--ink);border-color:var(--soft)}
    section{padding:2.75rem 0 0}
    #verdict{padding-top:2.25rem}
    section+section:not(#verdict){margin-top:3rem;border-top:1px solid var(--faint)}
    .kicker{margin:0 0 .35rem;color:var(--soft);font-size:.9375rem}
    h1{margin:0 0 1.6rem;font-size:1.0625rem;font-weight:600;line-height:1.4}
    .sentence{margin:0 0 2.5rem;max-width:52rem;font-size:1.75rem;line-height:1.36;font-weight:400;letter-spacing:-.011em;text-wrap:pretty}
    .sentence strong{font-weight:680}
    .ci{color:var(--soft);white-space:nowrap;font-weight:400}
    h2{margin:0 0 .5rem;font-size:1.5rem;font-weight:650;line-height:1.25;letter-spacing:-.01em}
    h3{margin:0;font-size:1.0625rem;font-weight:630;line-height:1.35}
    .lead{margin:0 0 2rem;max-width:50rem;text-wrap:pretty;color:var(--soft)}
    .sub{color:var(--soft);font-weight:400;font-size:.8125rem;line-height:1.35}
    h3 .sub{font-size:.9375rem;margin-left:.6rem}
    .good{color:var(--good)}.bad{color:var(--bad)}.open{color:var(--open)}.neutral{color:var(--soft)}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .armname{color:var(--ct)}
    table{border-collapse:separate;border-spacing:0;font-size:.9375rem;line-height:1.4}
    th,td{text-align:left;vertical-align:baseline;padding:.5rem 1.1rem .5rem 0;font-weight:400}
    th:last-child,td:last-child{padding-right:0}
    thead th{color:var(--soft);font-size:.8125rem;border-bottom:1px solid var(--faint);vertical-align:bottom}
    thead td{border-bottom:1px solid var(--faint)}
    tbody tr+tr>*{border-top:1px solid var(--faint)}
    .n{text-align:right;white-space:nowrap}
    .scroll{overflow-x:auto;max-width:100%}
    .scroll tbody th{white-space:nowrap}
    .verdicts{width:100%}
    .verdicts+figure{margin-top:2.5rem}
    .verdicts td,.verdicts th{padding-top:.7rem;padding-bottom:.7rem}
    .verdicts .metric{font-weight:620;min-width:11rem}
    .verdicts .sub{display:block;font-weight:400}
    .verdicts .difference b{font-weight:620}
    .verdicts .verdictcell{min-width:9.5rem}
    .verdict{font-weight:620}
    .verdicts .glyph{width:8rem;vertical-align:top;padding-top:.8rem;padding-bottom:0}
    .glyphchart{display:block;width:7rem;height:1.375rem}
    .notes,.gate{margin-top:2.5rem;max-width:46rem}
    .notes h2,.gate h2{font-size:1.0625rem;letter-spacing:0}
    .notes ul,.gate ul{margin:.4rem 0 0;padding:0;list-style:none}
    .notes li{position:relative;padding:.3rem 0 .3rem 1.3rem}
    .notes li::before{content:"!";position:absolute;left:.2rem;font-weight:700;color:var(--open)}
    .gate li{padding:.3rem 0}
    .gate li .good,.gate li .bad{font-weight:620;margin-right:.4rem}
    figure{margin:0 0 3.25rem}
    figcaption{margin-bottom:.9rem}
    .reads{margin:.2rem 0 0;max-width:56rem;text-wrap:pretty;font-size:.9375rem;color:var(--soft)}
    .note{margin:.6rem 0 0;max-width:56rem;text-wrap:pretty;font-size:.8125rem;color:var(--soft)}
    .numbers{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1.25rem;margin:.6rem 0 0;font-size:.8125rem}
    .numbers details{flex:1 1 8rem;min-width:0}
    .numbers details[open]{flex-basis:100%}
    .numbers table{font-size:.8125rem;margin-top:.5rem}
    .numbers td,.numbers th{padding-top:.25rem;padding-bottom:.25rem}
    summary{cursor:pointer;color:var(--link)}
    .numbers summary{width:max-content}
    .pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 3rem;align-items:start}
    .pair figure .chart{max-width:34rem}
    @supports (grid-template-rows:subgrid){.aligned figure{display:grid;grid-row:span 4;grid-template-rows:subgrid}}
    .block{margin:0 0 2.5rem;min-width:0}
    .block>h3{margin-bottom:.5rem}
    .blocks{columns:2;column-gap:3rem}
    .blocks .block{break-inside:avoid}
    .block ul{margin:0;padding-left:1.1rem}
    .block li{padding:.15rem 0}
    .block p{margin:0 0 .6rem}
    .block p.note,.block p.numbers{margin-top:.7rem}
    .block ul+p{margin-top:.7rem}
    section>h2+:not(.lead){margin-top:1.75rem}
    .matrix{margin-bottom:2rem}
    .matrix caption{text-align:left;font-weight:630;font-size:1.0625rem;padding-bottom:.3rem}
    .matrix td b{font-weight:620}
    .matrix td .sub{display:block}
    .matrix .differ{background:var(--surface);padding-left:1.1rem;padding-right:1.1rem}
    .matrix td{padding-left:1.1rem;padding-right:1.1rem}
    .matrix tbody th{white-space:nowrap}
    .requests{font-size:.875rem}
    .requests .time{white-space:nowrap}
    .requests td,.requests th{padding-top:.35rem;padding-bottom:.35rem}
    .feature{color:var(--soft)}
    pre{margin:0 0 1.75rem;padding:1rem 1.15rem;background:var(--surface);border-radius:.4rem;overflow-x:auto;font:400 .8125rem/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
    code{font:inherit}
    .facts{margin:0 0 2.25rem;font-size:.9375rem}
    .facts>div{display:grid;grid-template-columns:12rem minmax(0,1fr);gap:.25rem 1rem;padding:.3rem 0}
    .facts dt{color:var(--soft)}
    .facts dd{margin:0;overflow-wrap:anywhere}
    .hash{font:400 .8125rem ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
    #method details{margin:.35rem 0}
    #method details .facts{margin:.4rem 0 1rem 1rem}
    .scenario pre{margin-top:.6rem}
    footer{margin-top:4rem;padding-top:1.25rem;padding-bottom:3rem;color:var(--soft);font-size:.8125rem}
    #tip{position:fixed;left:0;top:0;visibility:hidden;white-space:pre-line;max-width:20rem;padding:.45rem .7rem;border-radius:.35rem;background:var(--ink);color:var(--ground);font-size:.8125rem;line-height:1.45;pointer-events:none;z-index:2}
    #tip.on{visibility:visible}
    """

  private static let charts = """
    .plot{position:relative}
    .chart{display:block;width:100%;height:auto;overflow:visible}
    .narrow{display:none}
    .chart text,.glyphchart text{font-family:inherit;fill:var(--ink);font-size:13px;paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round}
    .chart .tick,.chart .axistitle,.chart .soft{fill:var(--soft);font-size:12px}
    .chart .strong{font-weight:620;font-size:14px}
    .chart .name{fill:var(--ct);font-weight:600;unicode-bidi:isolate}
    .chart .verdict{font-weight:600}
    .chart .good{fill:var(--good)}.chart .bad{fill:var(--bad)}.chart .open{fill:var(--open)}.chart .neutral{fill:var(--soft)}
    .grid{stroke:var(--faint);stroke-width:1}
    .axis{stroke:var(--soft);stroke-width:1}
    .zero{stroke:var(--ink);stroke-width:1.25}
    .reference{stroke:var(--soft);stroke-width:1.25;stroke-dasharray:4 3}
    .margin{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:4 3}
    .diagonal,.threshold{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 4}
    .line{fill:none;stroke:var(--c);stroke-width:2.2;stroke-dasharray:var(--dash);stroke-linejoin:round}
    .thin{stroke-width:1.4}
    .band{fill:var(--c);fill-opacity:.15}
    .dot{fill:var(--c);stroke:var(--ground);stroke-width:.8}
    path.dot,rect.dot{stroke-width:.8}
    line.lead{stroke:var(--c);stroke-width:1;stroke-opacity:.45}
    .whisker{stroke:var(--c);stroke-width:1.5;stroke-opacity:.75}
    .w1{stroke:var(--c);stroke-width:1.4}.w2{stroke:var(--c);stroke-width:2.8}.w3{stroke:var(--c);stroke-width:5.5}.w4{stroke:var(--c);stroke-width:9}
    .pin{fill:var(--ground);stroke:var(--c);stroke-width:2}
    .grey{stroke:var(--soft);stroke-width:1.4}
    .greypin{fill:var(--ground);stroke:var(--soft);stroke-width:1.4}
    .shift{fill:var(--shift);fill-opacity:.12}
    .shiftedge{stroke:var(--shift);stroke-width:2}
    .chart .shiftname{font-size:12px;fill:var(--ink)}
    .rail{stroke:var(--faint);stroke-width:1}
    .alarm{fill:var(--bad)}
    .decision{fill:var(--ink)}
    .full{fill:var(--c)}
    .pale{fill:var(--c);fill-opacity:.32}
    .pt{outline:none}
    .pt rect{fill:transparent}
    .pt line{stroke:var(--ink);stroke-width:1;opacity:0}
    .pt:hover line,.pt:focus line{opacity:.55}
    .pt:focus rect{stroke:var(--link);stroke-width:1.5}
    """

  private static let narrow = """
    @media screen and (max-width:62rem){
    .verdicts .glyph{display:none}
    }
    @media screen and (max-width:56rem){
    .verdicts .glyph{display:block}
    .pair{grid-template-columns:minmax(0,1fr)}
    .blocks{columns:1}
    .wide{display:none}
    .narrow{display:block;max-width:38rem}
    .verdicts,.verdicts tbody,.verdicts tr,.verdicts td,.verdicts th{display:block}
    .verdicts thead{display:none}
    .verdicts tr{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.35rem 1rem;padding:1rem 0;border-top:1px solid var(--faint)}
    .verdicts tbody tr+tr>*{border-top:0}
    .verdicts td,.verdicts th{padding:0;text-align:left;white-space:normal}
    .verdicts .metric{grid-column:1/-1}
    .verdicts td[data-l]::before{content:attr(data-l);display:block;color:var(--soft);font-size:.8125rem}
    .verdicts .arm{grid-column:1/-1}
    .verdicts .glyph{width:auto;align-self:end}
    .verdicts .verdictcell{grid-column:1/-1;min-width:0}
    }
    @media screen and (max-width:44rem){
    .top,main,footer{padding-left:1rem;padding-right:1rem}
    .sentence{font-size:1.375rem;margin-bottom:1.75rem}
    section{padding-top:2.25rem}
    section+section:not(#verdict){margin-top:2.25rem}
    h3 .sub{display:block;margin-left:0}
    .facts>div{grid-template-columns:minmax(0,1fr);gap:0}
    .scroll tbody th{position:sticky;left:0;background:var(--ground);padding-right:.8rem}
    .pair .chart text{font-size:15px}
    .pair .chart .tick,.pair .chart .axistitle,.pair .chart .soft{font-size:14px}
    pre{padding:.85rem .9rem}
    }
    """

  private static let paper = """
    @media print{
    @page{margin:16mm}
    body{font-size:10pt}
    .top nav,.theme,.skip,.csv,#tip,.numbers{display:none}
    .top,main,footer{max-width:none;padding-left:0;padding-right:0}
    .sentence{font-size:16pt}
    h2{break-after:avoid}
    figure,.block,tr{break-inside:avoid}
    section{padding-top:1.5rem}
    section+section:not(#verdict){margin-top:1.5rem}
    .scroll{overflow:visible}
    pre{white-space:pre-wrap;overflow-wrap:anywhere}
    .requests{font-size:7pt}
    .hash{font-size:7pt}
    }
    """
}
