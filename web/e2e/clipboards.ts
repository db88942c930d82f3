// What programs put into the clipboard beside the plain text, in the shapes that they
// write, with words of ours.

export const clipboards: Record<string, { html: string; text: string; markdown: string }> = {
  "Google Docs": {
    text: "Harbour news\nThe gauges were read twice.\nnorth\nsouth\ninner\nlast",
    html: `<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-0a1b2c3d"><h2 dir="ltr" style="line-height:1.38;margin-top:18pt;"><span style="font-size:16pt;font-family:Arial,sans-serif;font-weight:400;font-style:normal;white-space:pre-wrap;">Harbour news</span></h2><p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;font-weight:400;white-space:pre-wrap;">The </span><span style="font-size:11pt;font-weight:700;white-space:pre-wrap;">gauges</span><span style="font-size:11pt;font-weight:400;white-space:pre-wrap;"> were </span><a href="https://example.org/a" style="text-decoration:none;"><span style="font-weight:400;text-decoration:underline;color:#1155cc;white-space:pre-wrap;">read</span></a><span style="font-size:11pt;font-weight:400;font-style:italic;white-space:pre-wrap;"> twice</span><span style="font-weight:400;">.</span></p><ul style="margin-top:0;"><li dir="ltr" style="list-style-type:disc;font-weight:400;" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;">north</span></p></li><li dir="ltr" style="list-style-type:disc;" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;text-decoration:line-through;">south</span></p></li><ul style="margin-top:0;"><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span style="font-weight:400;">inner</span></p></li></ul></ul><p dir="ltr"><span style="font-weight:400;">last</span></p></b><br class="Apple-interchange-newline">`,
    markdown: "## Harbour news\n\nThe **gauges** were [read](https://example.org/a) *twice*.\n\n* north\n* ~~south~~\n  * inner\n\nlast",
  },
  "Word": {
    text: "Harbour news\r\nThe gauges were read.\r\n·  north\r\no  inner\r\n1. first\r\n2. second\r\n",
    html: `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings></xml><![endif]--><style><!-- p.MsoNormal {margin:0cm;} --></style></head><body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment--><h2>Harbour news<o:p></o:p></h2>

<p class=MsoNormal>The <b>gauges</b> were
<a href="https://example.org/a">read</a>.<o:p></o:p></p>

<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>north<o:p></o:p></p>

<p class=MsoListParagraphCxSpLast style='margin-left:72.0pt;text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>inner<o:p></o:p></p>

<p class=MsoNormal><o:p>&nbsp;</o:p></p>

<p class=MsoListParagraphCxSpFirst style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>first<o:p></o:p></p>

<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]><i>second</i><o:p></o:p></p><!--EndFragment--></body></html>`,
    markdown: "## Harbour news\n\nThe **gauges** were [read](https://example.org/a).\n\n* north\n  * inner\n\n1. first\n2. *second*",
  },
  "LibreOffice Writer": {
    text: "Harbour news\nThe gauges were read.\nnorth\nsouth",
    html: `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title><meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/><style type="text/css">p { line-height: 115%; }</style></head><body lang="en-GB" dir="ltr"><h2 class="western">Harbour news</h2>
<p style="line-height: 115%; margin-bottom: 0.25cm">The <b>gauges</b>
<font color="#000080"><u><a href="https://example.org/a">were</a></u></font> read.</p>
<ul>
	<li><p style="line-height: 115%; margin-bottom: 0.25cm">north</p></li>
	<li><p style="line-height: 115%; margin-bottom: 0.25cm">south</p></li>
</ul>
</body></html>`,
    markdown: "## Harbour news\n\nThe **gauges** [were](https://example.org/a) read.\n\n* north\n* south",
  },
  "Excel": {
    text: "harbour\tgauge\r\nnorth|east\t3\r\nsouth\t4\r\n",
    html: `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40"><head><meta name=ProgId content=Excel.Sheet><style><!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {font-weight:700;} --></style></head><body link="#0563C1"><table border=0 cellpadding=0 cellspacing=0 width=128 style='border-collapse:collapse;width:96pt'><!--StartFragment--><col width=64 span=2 style='width:48pt'><tr height=20 style='height:15.0pt'><td height=20 class=xl65 width=64 style='height:15.0pt;width:48pt'>harbour</td><td class=xl65 width=64>gauge</td></tr><tr height=20><td height=20>north|east</td><td align=right>3</td></tr><tr height=20><td height=20>south</td><td align=right>4</td></tr><!--EndFragment--></table></body></html>`,
    markdown: "| harbour     | gauge |\n| ----------- | ----: |\n| north\\|east |     3 |\n| south       |     4 |",
  },
  "Google Sheets": {
    text: "harbour\tgauge\nnorth\t3\n",
    html: `<meta charset='utf-8'><google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}br {mso-data-placement:same-cell;}--></style><table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" cellpadding="0" dir="ltr" border="1" data-sheets-root="1"><colgroup><col width="100"/><col width="100"/></colgroup><tbody><tr style="height:21px;"><td style="overflow:hidden;padding:2px 3px;vertical-align:bottom;font-weight:bold;">harbour</td><td style="overflow:hidden;font-weight:bold;">gauge</td></tr><tr style="height:21px;"><td style="overflow:hidden;"><a class="in-cell-link" href="https://example.org/n" target="_blank">north</a></td><td style="overflow:hidden;text-align:right;" data-sheets-value="{&quot;1&quot;:3,&quot;3&quot;:3}">3</td></tr></tbody></table>`,
    markdown: "| harbour                        | gauge |\n| ------------------------------ | ----: |\n| [north](https://example.org/n) |     3 |",
  },
  "LibreOffice Calc": {
    text: "harbour\tgauge\nnorth\t3\n",
    html: `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/></head><body><table cellspacing="0" border="0"><colgroup span="2" width="85"></colgroup><tr><td height="17" align="left"><b>harbour</b></td><td align="left"><b>gauge</b></td></tr><tr><td height="17" align="left">north</td><td align="right" sdval="3" sdnum="1033;">3</td></tr></table></body></html>`,
    markdown: "| harbour | gauge |\n| ------- | ----: |\n| north   |     3 |",
  },
  "Gmail": {
    text: "Hello,\n\nthe gauges were read:\n\n   1. north\n   2. south\n\n> why?",
    html: `<meta charset='utf-8'><div dir="ltr" style="color: rgb(34, 34, 34); font-family: Arial; font-style: normal; font-weight: 400; letter-spacing: normal;">Hello,<div><br></div><div>the <b>gauges</b>&nbsp;were <a href="https://www.google.com/url?q=https://example.org/a%3Fb%3Dc&amp;sa=D" target="_blank">read</a>:</div><div><ol><li>north</li><li>south</li></ol></div></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204)"><div dir="ltr">why?</div></blockquote>`,
    markdown: "Hello,\n\nthe **gauges** were [read](https://example.org/a?b=c):\n\n1. north\n2. south\n\n> why?",
  },
  "a page in Chrome": {
    text: "The gauges use snake_case and code.\n\nfunc main() {}\n",
    html: `<meta charset='utf-8'><p style="box-sizing: border-box; margin-top: 0px; color: rgb(31, 35, 40); font-style: normal; font-weight: 400; white-space: normal;">The <strong style="box-sizing: border-box; font-weight: 600;">gauges</strong><span>&nbsp;</span>use snake_case [sig-node] and <code style="box-sizing: border-box; white-space: break-spaces;">code</code>.<br>A &lt;b&gt; and 2 * 3 &amp;copy; {: .x}</p><div class="highlight highlight-source-go"><pre style="box-sizing: border-box;"><span class="pl-k">func</span> main() {}\n</pre></div><img src="https://example.org/p.png" alt="A buoy"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="1"><ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" checked disabled> done</li></ul>`,
    markdown: "The **gauges** use snake_case [sig-node] and `code`.  \nA \\<b> and 2 \\* 3 &amp;copy; \\{: .x}\n\n```go\nfunc main() {}\n```\n\n![A buoy](https://example.org/p.png)\n\n* [x] done",
  },
  "a page in Firefox": {
    text: "The gauges\n\n    north\n    south\n",
    html: `<h3 id="a">The <em>gauges</em></h3>\n\n<ul>\n<li>north</li>\n<li>south\n<ol><li>a</li><li>b</li></ol></li>\n</ul>\n<hr>\n<p>A<sup>2</sup> <a href="javascript:alert(1)">trap</a> <a href="https://en.example.org/wiki/A_(b)">wiki</a></p>`,
    markdown: "### The *gauges*\n\n* north\n* south\n  1. a\n  2. b\n\n---\n\nA<sup>2</sup> trap [wiki](https://en.example.org/wiki/A_%28b%29)",
  },
}
