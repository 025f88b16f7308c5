/// How a letter looks: on a screen, light and dark, on a telephone, and on one A4 page.
enum LetterStyle {
  static let css = """
    :root{--ground:#f4f6f5;--paper:#fff;--ink:#16212b;--soft:#44525e;--line:#cdd5d9;--rule:#16212b;--seal:#b8261c;\
    --wait:#774300;--wait-bg:#fdf3df;\
    --sans:"PingFang SC","Microsoft YaHei","HarmonyOS Sans SC","Noto Sans CJK SC","Source Han Sans SC",\
    system-ui,sans-serif;\
    --song:"Songti SC",STSong,SimSun,"Noto Serif CJK SC","Source Han Serif SC",serif}
    @media (prefers-color-scheme:dark){:root{--ground:#0f161b;--paper:#161f26;--ink:#e9eef1;\
    --soft:#b7c3cb;--line:#394853;\
    --rule:#8fa1ad;--seal:#ff8379;--wait:#f3c078;--wait-bg:#33270f}}
    *{box-sizing:border-box}
    html{color-scheme:light dark;-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.6 var(--sans);\
    font-variant-numeric:tabular-nums lining-nums;line-break:strict;overflow-wrap:anywhere;text-autospace:normal}
    h1,h2,p,ol,table{margin:0;padding:0}
    .sheet{background:var(--paper);max-width:52rem;margin:1.5rem auto;padding:3rem 3.5rem;\
    border:1px solid var(--line)}
    .stage{border:1.5px solid var(--wait);color:var(--wait);background:var(--wait-bg);border-radius:6px;\
    padding:.25rem .75rem;margin-bottom:1.25rem;text-align:center;font-weight:700}
    .issuer{color:var(--seal);text-align:center;font:700 2rem/1.35 var(--song);letter-spacing:.2em;text-indent:.2em;\
    padding-bottom:.5rem;border-bottom:3px solid var(--seal);margin-bottom:1.75rem;word-break:keep-all;\
    text-wrap:balance}
    .issuer:empty{display:none}
    h1{font:700 1.75rem/1.35 var(--song);text-align:center;letter-spacing:.05em}
    .number{text-align:center;color:var(--soft);margin-top:.5rem}
    .body{font:1.125rem/1.85 var(--song);margin:1.5rem 0}
    .body p+p{text-indent:2em}
    :lang(en) .body p+p{text-indent:0}
    .nw{white-space:nowrap}
    h2{font-size:1.125rem;line-height:1.35;border-bottom:2px solid var(--rule);padding-bottom:.25rem;\
    margin-top:1.5rem}
    ol{padding-left:1.5em;margin-top:.5rem}
    li{padding:.125rem 0}
    .applied b{font-weight:600}
    .cell{display:inline-block;margin-right:1em;color:var(--soft)}
    .cell b{color:var(--ink)}
    table{width:100%;border-collapse:collapse}
    th,td{padding:.3125rem .75rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);\
    font-weight:400}
    thead th{font-size:.875rem;font-weight:700}
    th:first-child{padding-left:0}
    .n{text-align:right;white-space:nowrap;width:7.5em}
    .clause{color:var(--soft);width:8em;padding-right:0}
    .part th{font-weight:700;padding-top:.75rem}
    .last th,.last td{font-weight:700;font-size:1.125rem;border-top:1.5px solid var(--rule);\
    border-bottom:2px solid var(--rule)}
    .basis{color:var(--soft);font-size:.9375rem;margin-top:.5rem}
    footer{display:flex;justify-content:flex-end;align-items:center;gap:1.5rem;margin-top:1.5rem;text-align:center;\
    font:1.0625rem/1.6 var(--song);break-inside:avoid}
    .blank{display:inline-block;width:2.5em}
    .seal{display:inline-flex;flex:none;width:7.5rem;height:7.5rem;border:1.5px dashed var(--seal);border-radius:50%;\
    align-items:center;justify-content:center;color:var(--seal);font:.875rem var(--sans)}
    @media (max-width:46rem){
    .sheet{margin:0;padding:1.5rem 1rem 2rem;border:0}
    .sheet+.sheet{border-top:12px solid var(--ground)}
    .issuer{font-size:1.375rem;margin-bottom:1.25rem}
    h1{font-size:1.375rem}
    .body{font-size:1.0625rem;margin:1.25rem 0}
    thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
    tr{display:grid;grid-template-columns:1fr auto;gap:0 1rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
    th,td{border:0!important;padding:0;width:auto}
    tr>th{grid-column:1/-1}
    .clause{order:1}
    .n{order:2;grid-column:2}
    .last{border-top:1.5px solid var(--rule);border-bottom:2px solid var(--rule)}
    .last th{grid-column:1}
    .last .clause,td:empty{display:none}
    .cell{display:flex;justify-content:space-between;margin:0}
    .cell b{text-align:right}
    }
    @page{size:A4;margin:14mm 16mm}
    @media print{
    :root{--ground:#fff;--paper:#fff;--ink:#000;--soft:#333;--line:#999;--rule:#000;--seal:#b8261c;\
    --wait:#5c3300;--wait-bg:#fff}
    html{color-scheme:light;font-size:10.5pt}
    body{line-height:1.45;-webkit-print-color-adjust:exact;print-color-adjust:exact}
    .sheet{max-width:none;margin:0;padding:0;border:0}
    .sheet+.sheet{break-before:page}
    .issuer{font-size:22pt;margin-bottom:6mm}
    h1{font-size:17pt}
    .body{font-size:12pt;line-height:1.75;margin:5mm 0}
    h2{font-size:11.5pt;margin-top:5mm;break-after:avoid}
    th,td{padding:.8mm 2mm}
    tr,li{break-inside:avoid}
    footer{margin-top:6mm}
    .seal{width:30mm;height:30mm}
    .dense{font-size:9pt}
    .dense .issuer,.denser .issuer{font-size:18pt;margin-bottom:3mm;padding-bottom:1mm}
    .dense .body{font-size:11pt;line-height:1.5;margin:3mm 0}
    .dense h2,.denser h2{margin-top:3mm;font-size:10pt}
    .denser{font-size:7.5pt;line-height:1.3}
    .denser .body{font-size:9.5pt;line-height:1.4;margin:2mm 0}
    .denser h1{font-size:14pt}
    .denser th,.denser td{padding:.25mm 1.5mm}
    .denser li{padding:0}
    .dense .seal,.denser .seal{width:24mm;height:24mm}
    .dense footer,.denser footer{margin-top:3mm;font-size:10pt}
    }
    """
}
