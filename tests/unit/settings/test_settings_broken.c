/* SPDX-License-Identifier: MIT */
/* Broken configurations: each gets exactly one error, and this is what it says. */
#include "settings/settings.h"

#include <string.h>

#define FINGERPRINT "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HASH                                                                                       \
	"SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=" \
	":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="

static const struct {
	const char *text;
	const char *error;
} cases[] = {
    {"nick = 32\n", "chatd.conf:1: nick: this key stands before the first [section]"},
    {"[limits\n", "chatd.conf:1: ']' is missing; allowed is [section] or [section NAME]"},
    {"[limits] # x\n", "chatd.conf:1: text after ']'; allowed is [section] or [section NAME], and "
		       "comments on lines of their own"},
    {"[]\n", "chatd.conf:1: []: not a section; allowed is [section] or [section NAME] with a NAME "
	     "of letters, digits, '-', '_' and '.', at most 63 bytes"},
    {"[Limits]\n", "chatd.conf:1: [Limits]: not a section; allowed is [section] or [section NAME] "
		   "with a NAME of letters, digits, '-', '_' and '.', at most 63 bytes"},
    {"[listener a b]\n",
	"chatd.conf:1: [listener a b]: not a section; allowed is [section] or [section NAME] with "
	"a NAME of letters, digits, '-', '_' and '.', at most 63 bytes"},
    {"[listener a/b]\n",
	"chatd.conf:1: [listener a/b]: not a section; allowed is [section] or [section NAME] with "
	"a NAME of letters, digits, '-', '_' and '.', at most 63 bytes"},
    {"[limits]\nnick\n", "chatd.conf:2: [limits]: '=' is missing; allowed are key = value, "
			 "[section] and comments that begin with '#'"},
    {"[limits]\nNick = 32\n", "chatd.conf:2: [limits]: 'Nick' is not a key; a key has lower-case "
			      "letters, digits and '_', at most 63 bytes"},
    {"[limits]\nnick name = 32\n", "chatd.conf:2: [limits]: 'nick name' is not a key; a key has "
				   "lower-case letters, digits and '_', at most 63 bytes"},
    {"[limits]\n= 32\n", "chatd.conf:2: [limits]: '' is not a key; a key has lower-case letters, "
			 "digits and '_', at most 63 bytes"},
    {"[limits]\n[log]\n[limits]\n",
	"chatd.conf:3: [limits]: this section is in line 1 already; allowed is once"},
    {"[limits]\nnick = 32\ntopic = 390\nnick = 33\n",
	"chatd.conf:4: [limits] nick: this key is in line 2 already; allowed is once"},
    {"[community main]\nmotd = a\\x\n", "chatd.conf:2: [community main] motd: a backslash before "
					"'x'; allowed are \\n \\t \\s \\\\"},
    {"[community main]\nmotd = a\\\n",
	"chatd.conf:2: [community main] motd: a single backslash; allowed are \\n \\t \\s \\\\"},
    {"[community main]\nmotd = a\x01"
     "b\n",
	"chatd.conf:2: [community main] motd: control character 0x01 in the value; allowed are "
	"printable characters and \\n \\t \\s \\\\"},
    {"[log]\n# \xff\n", "chatd.conf:2: byte 3 of the line is not UTF-8"},
    {"[chat]\n",
	"chatd.conf:1: [chat]: no such section; allowed are [service], [community NAME], "
	"[listener NAME], [tls], [certificate NAME], [gateway NAME], [limits], [history], "
	"[accounts], [cloak], "
	"[oauth], [mail], [channels], [operator NAME], [reserved NAME], [role NAME], [log]"},
    {"[listener]\nport = 1\n",
	"chatd.conf:1: [listener]: a name is missing; allowed is [listener NAME]"},
    {"[limits main]\n",
	"chatd.conf:1: [limits main]: this section has no name; allowed is [limits]"},
    {"[log]\nlevels = info\n",
	"chatd.conf:2: [log] levels: no such key; allowed are level, audit_entries"},
    {"[listener a]\norigins = https://a.example\n",
	"chatd.conf:2: [listener a] origins = https://a.example: without websocket = yes it is not "
	"used; allowed with WebSocket only"},
    {"[listener a]\nkind = control\npath = c\nwebsocket = yes\n",
	"chatd.conf:4: [listener a] websocket = yes: a control listener speaks no WebSocket; "
	"allowed is no"},
    {"[listener a]\nproxy = yes\n",
	"chatd.conf:2: [listener a] proxy = yes: nobody would be believed; needed is a [gateway "
	"NAME] that tells proxy"},
    {"[listener a]\nkind = control\npath = c\nproxy = yes\n",
	"chatd.conf:4: [listener a] proxy = yes: a control listener has no proxy; allowed is no"},
    {"[operator a]\npassword = " HASH "\nautomatic = yes\n",
	"chatd.conf:3: [operator a] automatic = yes: without certificates nobody would be; allowed "
	"with certificates only"},
    {"[community main]\npassword = " HASH "\npassword_file = f\n",
	"chatd.conf:3: [community main] password_file = f: not together with password; allowed is "
	"one of them"},
    {"[gateway a]\ntells = proxy\n",
	"chatd.conf:1: [gateway a] from: it is missing; proxy and forwarded are believed from "
	"known addresses only"},
    {"[gateway a]\nfrom = web.example\ntells = proxy\n",
	"chatd.conf:2: [gateway a] from = web.example: web.example is neither an address nor a "
	"range; allowed are both"},
    {"[gateway a]\nfrom = 192.0.2.1\n",
	"chatd.conf:1: [gateway a]: password, password_file or certificates is missing; webirc "
	"needs one of them"},
    {"[gateway a]\ncertificates = 00ff\n",
	"chatd.conf:2: [gateway a] certificates = 00ff: 00ff is no SHA-256 fingerprint; allowed "
	"are 64 hexadecimal digits"},
    {"[gateway a]\npassword = " HASH "\npassword_file = f\n",
	"chatd.conf:3: [gateway a] password_file = f: not together with password; allowed is one "
	"of them"},
    {"[operator a]\npassword_file = f\npasword = hunter2\n",
	"chatd.conf:3: [operator a] pasword: no such key; "
	"allowed are password, password_file, certificates, totp_file, automatic, account, masks, "
	"privileges"},
    {"[operator a]\ncertificates = " FINGERPRINT "\ntotp_file = t\nautomatic = yes\n",
	"chatd.conf:4: [operator a] automatic = yes: nobody would be asked for the code of "
	"totp_file; allowed is one of them"},
    {"[tls]\nciphers = ECDHE+AESGCM:ROT13:!aNULL\n",
	"chatd.conf:2: [tls] ciphers = ECDHE+AESGCM:ROT13:!aNULL: \"ROT13\" is no cipher; "
	"\"openssl ciphers\" lists what is allowed"},
    {"[tls]\nciphers = ALL:!ALL\n",
	"chatd.conf:2: [tls] ciphers = ALL:!ALL: no cipher would be left; allowed is a list with "
	"at least one"},
    {"[tls]\nciphersuites = TLS_AES_256_GCM_SHA384:AES\n",
	"chatd.conf:2: [tls] ciphersuites = TLS_AES_256_GCM_SHA384:AES: \"AES\" is no cipher "
	"suite of TLS 1.3; \"openssl ciphers -tls1_3 -s\" lists what is allowed"},
    {"[tls]\nticket_rotation = 8d\n",
	"chatd.conf:2: [tls] ticket_rotation = 8d: must be a time with s, m, h or d: 0s to 7d"},
    {"[reserved a]\nreason = no\n",
	"chatd.conf:1: [reserved a]: nothing would be reserved; nicks or channels is needed"},
    {"[reserved a]\nchannels = #staff staff\n",
	"chatd.conf:2: [reserved a] channels = #staff staff: staff would match no channel; allowed "
	"are masks that begin with #, &, * or ?"},
    {"[reserved a]\nnicks = root\nreason =\n",
	"chatd.conf:3: [reserved a] reason = (empty): must be one line of 1 to 200 bytes"},
    {"[limits]\nnick = 8\n",
	"chatd.conf:2: [limits] nick = 8: must be a whole number from 9 to 63 bytes"},
    {"[limits]\nnick = 64\n",
	"chatd.conf:2: [limits] nick = 64: must be a whole number from 9 to 63 bytes"},
    {"[limits]\nnick = -1\n",
	"chatd.conf:2: [limits] nick = -1: must be a whole number from 9 to 63 bytes"},
    {"[limits]\nnick = many\n",
	"chatd.conf:2: [limits] nick = many: must be a whole number from 9 to 63 bytes"},
    {"[limits]\nnick =\n",
	"chatd.conf:2: [limits] nick = (empty): must be a whole number from 9 to 63 bytes"},
    {"[limits]\nnick = 32 bytes\n",
	"chatd.conf:2: [limits] nick = 32 bytes: must be a whole number from 9 to 63 bytes"},
    {"[limits]\nnick = 0x20\n",
	"chatd.conf:2: [limits] nick = 0x20: must be a whole number from 9 to 63 bytes"},
    {"[limits]\nnick = 99999999999999999999999\n",
	"chatd.conf:2: [limits] nick = 99999999999999999999999: must be a whole number from 9 to "
	"63 bytes"},
    {"[limits]\nsendq = 1k\n",
	"chatd.conf:2: [limits] sendq = 1k: must be a size in bytes or with k, m or g: 16k to 64m"},
    {"[limits]\nsendq = 1t\n",
	"chatd.conf:2: [limits] sendq = 1t: must be a size in bytes or with k, m or g: 16k to 64m"},
    {"[limits]\nsendq = 65m\n", "chatd.conf:2: [limits] sendq = 65m: must be a size in bytes or "
				"with k, m or g: 16k to 64m"},
    {"[limits]\nsendq = 18446744073709551615g\n",
	"chatd.conf:2: [limits] sendq = 18446744073709551615g: must be a size in bytes or with k, "
	"m or g: 16k to 64m"},
    {"[limits]\nping_interval = 2 m\n",
	"chatd.conf:2: [limits] ping_interval = 2 m: must be a time with s, m, h or d: 5s to 1h"},
    {"[limits]\nping_interval = 4s\n",
	"chatd.conf:2: [limits] ping_interval = 4s: must be a time with s, m, h or d: 5s to 1h"},
    {"[limits]\nping_interval = 1d\n",
	"chatd.conf:2: [limits] ping_interval = 1d: must be a time with s, m, h or d: 5s to 1h"},
    {"[limits]\nregistration_timeout = soon\n", "chatd.conf:2: [limits] registration_timeout = "
						"soon: must be a time with s, m, h or d: 1s to 5m"},
    {"[service]\nname = \n",
	"chatd.conf:2: [service] name = (empty): must be a host name with a dot, 1 to 63 bytes"},
    {"[service]\nname = my server\n",
	"chatd.conf:2: [service] name = my server: must be a host name with a dot, 1 to 63 bytes"},
    {"[service]\nname = irc\n",
	"chatd.conf:2: [service] name = irc: must be a host name with a dot, 1 to 63 bytes"},
    {"[service]\nname = a..b\n",
	"chatd.conf:2: [service] name = a..b: must be a host name with a dot, 1 to 63 bytes"},
    {"[service]\nname = -a\n",
	"chatd.conf:2: [service] name = -a: must be a host name with a dot, 1 to 63 bytes"},
    {"[service]\ndescription =\n",
	"chatd.conf:2: [service] description = (empty): must be one line of 1 to 100 bytes"},
    {"[service]\ndescription = two\\nlines\n",
	"chatd.conf:2: [service] description = two\\x0alines: must be one line of 1 to 100 bytes, "
	"and byte 4 is the control character 0x0A"},
    {"[service]\nio_threads = 65\n",
	"chatd.conf:2: [service] io_threads = 65: must be a whole number from 0 to 64 threads"},
    {"[service]\nworker_threads = 0\n",
	"chatd.conf:2: [service] worker_threads = 0: must be a whole number from 1 to 64 threads"},
    {"[community main]\nnetwork = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
	"chatd.conf:2: [community main] network = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: must be one "
	"line of 1 to 32 bytes"},
    {"[community main]\n[community other]\n", "chatd.conf:2: [community other]: too many sections; "
					      "at most 1 [community NAME] is allowed"},
    {"[community main]\nchannel_modes = ntz\n",
	"chatd.conf:2: [community main] channel_modes = "
	"ntz: must be any of the letters acCDgiKmMnNpsStUxZ, "
	"but not p and s together"},
    {"[community main]\nchannel_modes = nk\n", "chatd.conf:2: [community main] channel_modes = nk: "
					       "must be any of the letters acCDgiKmMnNpsStUxZ, but "
					       "not p and s together"},
    {"[community main]\nchannel_modes = ps\n", "chatd.conf:2: [community main] channel_modes = ps: "
					       "must be any of the letters acCDgiKmMnNpsStUxZ, but "
					       "not p and s together"},
    {"[community main]\nicon = ftp://x/\n",
	"chatd.conf:2: [community main] icon = ftp://x/: no URL; allowed is one that begins with "
	"https:// or http://"},
    {"[community main]\nrelay_separators = /-\n", "chatd.conf:2: [community main] relay_separators "
						  "= /-: a nick could hold that; allowed are / "
						  ". and %"},
    {"[community main]\nfilehost = https://x/ y\n",
	"chatd.conf:2: [community main] filehost = https://x/ y: no URL; allowed is one that "
	"begins "
	"with https:// or http://"},
    {"[limits]\nclient_tags_denied = typing *\n",
	"chatd.conf:2: [limits] client_tags_denied = typing *: \"*\" is no tag; allowed are names "
	"without +, -NAME, and * in the first place"},
    {"[limits]\nnick = 9\n[accounts]\nguest_nick = Guestuser\n",
	"chatd.conf:4: [accounts] guest_nick = Guestuser: too long: guests have 5 digits behind "
	"it, "
	"and [limits] nick is 9; allowed are 4 bytes"},
    {"[community main]\nmotd = Hello\nmotd_file = motd.txt\n",
	"chatd.conf:3: [community main] motd_file = motd.txt: not together with motd; allowed is "
	"one of them"},
    {"[listener a]\nkind = both\n",
	"chatd.conf:2: [listener a] kind = both: must be one of: client, control"},
    {"[listener a]\naddress = localhost\n",
	"chatd.conf:2: [listener a] address = localhost: must be an IPv4 or IPv6 address"},
    {"[listener a]\naddress = 1.2.3.0/24\n",
	"chatd.conf:2: [listener a] address = 1.2.3.0/24: must be an IPv4 or IPv6 address"},
    {"[listener a]\nport = 0\n",
	"chatd.conf:2: [listener a] port = 0: must be a whole number from 1 to 65535"},
    {"[listener a]\nport = 65536\n",
	"chatd.conf:2: [listener a] port = 65536: must be a whole number from 1 to 65535"},
    {"[listener a]\ntls = maybe\n", "chatd.conf:2: [listener a] tls = maybe: must be yes or no"},
    {"[listener a]\npath = s\nmode = 0888\n",
	"chatd.conf:3: [listener a] mode = 0888: must be octal permissions from 0000 to 0777"},
    {"[listener a]\npath = s\nmode = 1777\n",
	"chatd.conf:3: [listener a] mode = 1777: must be octal permissions from 0000 to 0777"},
    {"[listener a]\nkind = control\n", "chatd.conf:2: [listener a] kind = control: a control "
				       "listener needs a path; allowed are Unix sockets only"},
    {"[listener a]\npath = s\ntls = yes\n", "chatd.conf:3: [listener a] tls = yes: a Unix socket "
					    "has no TLS; allowed is no, or no path"},
    {"[listener a]\npath = s\nport = 6667\n",
	"chatd.conf:3: [listener a] port = 6667: not together with path; allowed is either a path "
	"or an address and port"},
    {"[listener a]\ntls = yes\ncertificate = c.pem\n",
	"chatd.conf:3: [listener a] certificate = c.pem: key is missing; allowed are both or "
	"neither"},
    {"[listener a]\ntls = yes\nkey = k.pem\n",
	"chatd.conf:3: [listener a] key = k.pem: certificate is missing; allowed are both or "
	"neither"},
    {"[listener a]\ncertificate = c.pem\nkey = k.pem\n",
	"chatd.conf:2: [listener a] certificate = c.pem: without tls = yes it is not used; allowed "
	"with TLS only"},
    {"[listener a]\nport = 6667\n[listener b]\nport = 6667\n",
	"chatd.conf:4: [listener b] port = 6667: [listener a] in chatd.conf line 1 listens on "
	"127.0.0.1 port 6667 already; allowed is each address and port once"},
    {"[listener a]\naddress = 0.0.0.0\n[listener b]\naddress = 127.0.0.1\n",
	"chatd.conf:3: [listener b] port: [listener a] in chatd.conf line 1 listens on 0.0.0.0 "
	"port 6667 already; allowed is each address and port once"},
    {"[listener a]\naddress = ::1\n[listener b]\naddress = 0:0:0:0:0:0:0:1\n",
	"chatd.conf:3: [listener b] port: [listener a] in chatd.conf line 1 listens on ::1 port "
	"6667 already; allowed is each address and port once"},
    {"[listener a]\npath = s\n[listener b]\npath = s\n",
	"chatd.conf:4: [listener b] path = s: [listener a] in chatd.conf line 1 has this path "
	"already; allowed is once"},
    {"[operator a]\n",
	"chatd.conf:1: [operator a]: password, password_file or certificates is missing; make a "
	"password with chatd --hash-password"},
    {"[operator a]\npassword = hunter2\n",
	"chatd.conf:2: [operator a] password: must be a hash made by chatd --hash-password"},
    {"[operator a]\npassword = " HASH "\npassword_file = f\n",
	"chatd.conf:3: [operator a] password_file = f: not together with password; allowed is one "
	"of them"},
    {"[operator a]\npassword_file = f\nmasks =\n",
	"chatd.conf:3: [operator a] masks = (empty): must be user@host masks or address ranges "
	"separated by spaces, 1 to 32 masks"},
    {"[operator a]\npassword_file = f\nmasks = a\x7f"
     "b\n",
	"chatd.conf:3: [operator a] masks = a\\x7fb: must be user@host masks or address ranges "
	"separated by spaces, 1 to 32 masks, "
	"and byte 2 is the control character 0x7F"},
    {"[operator a]\npassword_file = f\nprivileges = kill fly\n",
	"chatd.conf:3: [operator a] privileges = kill fly: must be any of: kill, rehash, wallops, "
	"see_hidden, channels, accounts, notices, stats, override, announce"},
    {"[certificate a]\ncertificate = c.pem\nkey = k.pem\n",
	"chatd.conf:1: [certificate a]: hosts is missing; it needs hosts, certificate and key"},
    {"[certificate a]\nhosts = a.example\ncertificate = c.pem\n",
	"chatd.conf:1: [certificate a]: key is missing; it needs hosts, certificate and key"},
    {"[certificate a]\ncertificate = c.pem\nkey = k.pem\nhosts = a.*.example\n",
	"chatd.conf:4: [certificate a] hosts = a.*.example: \"a.*.example\" is no host name; "
	"allowed "
	"are letters, digits, '-' and '.', at most 253 bytes, and *. in front"},
    {"[certificate a]\ncertificate = c.pem\nkey = k.pem\nhosts = *.x b\n[certificate b]\n"
     "certificate = c.pem\nkey = k.pem\nhosts = B\n",
	"chatd.conf:8: [certificate b] hosts = B: B is in [certificate a] already; allowed is "
	"once"},
    {"[role a]\n", "chatd.conf:1: [role a]: nobody has this role; groups or users is needed"},
    {"[role a]\ngroups = staff\nrights = god\n",
	"chatd.conf:3: [role a] rights = god: must be one of: viewer, operator, administrator"},
    {"[Limits]\nnick = 8\nnonsense\n[log]\n",
	"chatd.conf:1: [Limits]: not a section; allowed is [section] or [section NAME] with a NAME "
	"of letters, digits, '-', '_' and '.', at most 63 bytes"},
    {"[log]\nlevel = loud\n",
	"chatd.conf:2: [log] level = loud: must be one of: debug, info, warn, error, fatal"},
};

static void
test_case(gconstpointer data)
{
	unsigned index = GPOINTER_TO_UINT(data);
	const char *text = cases[index].text;
	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_autoptr(GPtrArray) keyfiles = g_ptr_array_new();
	g_autoptr(KeyFile) keyfile = keyfile_parse(text, strlen(text), "chatd.conf", errors);
	g_ptr_array_add(keyfiles, keyfile);
	g_autoptr(Settings) settings = settings_parse(keyfiles, errors);
	g_autofree char *shown = g_strescape(text, NULL);
	g_test_message("%s", shown);
	g_assert_cmpuint(errors->len, >=, 1);
	g_autofree char *error = settings_error_text(g_ptr_array_index(errors, 0));
	g_assert_cmpstr(error, ==, cases[index].error);
	g_assert_cmpuint(errors->len, ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name = g_strdup_printf("/settings/broken/%02u", i + 1);
		g_test_add_data_func(name, GUINT_TO_POINTER(i), test_case);
	}
	return g_test_run();
}
