package lexers

import c "github.com/alecthomas/chroma/v2"

const (
	batchCommands = `assoc attrib break bcdedit cacls cd chcp chdir chkdsk chkntfs choice cls cmd color comp compact convert copy date del
dir diskpart doskey dpath driverquery echo endlocal erase fc find findstr format fsutil ftype gpresult graftabl help
icacls label md mkdir mklink mode more move openfiles path pause popd print prompt pushd rd recover ren rename replace
rmdir robocopy setlocal sc schtasks shift shutdown sort start subst systeminfo takeown tasklist taskkill time timeout
title tree type ver verify vol xcopy waitfor wmic addusers admodcmd ansicon arp at bcdboot bitsadmin browstat certreq
certutil change cidiag cipher cleanmgr clip cmdkey compress convertcp coreinfo csccmd csvde cscript curl debug defrag
delprof deltree devcon diamond dirquota diruse diskshadow diskuse dism dnscmd dsacls dsadd dsget dsquery dsmod dsmove
dsrm dsmgmt dsregcmd edlin eventcreate expand extract fdisk fltmc forfiles freedisk ftp getmac gpupdate hostname
ifmember inuse ipconfig kill lgpo lodctr logman logoff logtime makecab mapisend mbsacli mem mountvol moveuser msg
mshta msiexec msinfo32 mstsc nbtstat net net1 netdom netsh netstat nlsinfo nltest now nslookup ntbackup ntdsutil
ntoskrnl ntrights nvspbind pathping perms ping portqry powercfg pngout pnputil printbrm prncnfg prnmngr procdump
psexec psfile psgetsid psinfo pskill pslist psloggedon psloglist pspasswd psping psservice psshutdown pssuspend qbasic
qgrep qprocess query quser qwinsta rasdial reg reg1 regdump regedt32 regsvr32 regini reset restore rundll32 rmtshare
route rpcping run runas scandisk setspn setx sfc share shellrunas shortcut sigcheck sleep slmgr strings subinacl
sysmon telnet tftp tlist touch tracerpt tracert tscon tsdiscon tskill tttracer typeperf tzutil undelete unformat
verifier vmconnect vssadmin w32tm wbadmin wecutil wevtutil wget where whoami windiff winrm winrs wpeutil wpr wusa
wuauclt wscript`
	batchDevices = `con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9`
)

// batchfileRules classify Windows's batch files. A word that is no command,
// device, keyword or value is read as a declaration.
func batchfileRules() c.Rules {
	word := func(words string, kind c.TokenType) c.Rule {
		return rule(`(`+anyOf(words)+`)(?!\w)((?i:\.exe))?`, c.ByGroups(kind, c.Error))
	}
	quoted := func(mark string, kind c.TokenType) []c.Rule {
		return []c.Rule{
			c.Include("escape"),
			rule(mark, kind, c.Pop(1)),
			c.Include("variables"),
			rule(`[^^%!`+mark+`]+`, kind),
		}
	}
	return c.Rules{
		"root": {
			rule(`@?\b(?i:rem)\b.*$`, c.Comment),
			rule(`^::.*$`, c.Comment),
			rule(`:[a-zA-Z]+`, c.NameLabel),
			word(batchDevices, c.KeywordReserved),
			word("if else for in do goto call exit", c.Keyword),
			word("exist defined errorlevel cmdextversion not equ neq lss leq gtr geq", c.OperatorWord),
			rule(anyOf(batchCommands)+`(?!\w)(?i:\.exe)?`, c.NameBuiltin),
			word("on off disable enableextensions enabledelayedexpansion", c.NameAttribute),
			rule(`([a-zA-Z]\w*)((?i:\.exe))?`, c.ByGroups(c.KeywordDeclaration, c.Error)),
			rule(`(?:[/+]|--?)[a-zA-Z]+\s*`, c.NameAttribute),
			c.Include("variables"),
			rule(`[<>&|(){}\[\]\-+=;,~?*]`, c.Operator),
			rule(`\s+`, c.Text),
			rule(`0[xX][0-9a-fA-F]+`, c.LiteralNumberHex),
			rule(`[0-9]`, c.LiteralNumber),
			rule(`"`, c.LiteralStringDouble, c.Push("double")),
			rule(`'`, c.LiteralStringSingle, c.Push("single")),
			rule("`", c.LiteralStringBacktick, c.Push("backtick")),
			rule("[^\\s&|()\\[\\]{}^=;!%+\\-,\"'`~?*]+", c.Text),
			c.Include("escape"),
		},
		"escape": {rule(`\^(?s:.)`, c.LiteralStringEscape)},
		"variables": {
			rule(`[%!]+[a-zA-Z_$@#]+[%!]+`, c.NameVariable),
			rule(`%+~?[a-zA-Z]+\d?`, c.NameVariableMagic),
		},
		"double":   quoted(`"`, c.LiteralStringDouble),
		"single":   quoted(`'`, c.LiteralStringSingle),
		"backtick": quoted("`", c.LiteralStringBacktick),
	}
}
