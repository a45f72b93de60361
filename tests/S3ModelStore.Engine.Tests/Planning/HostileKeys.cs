using S3ModelStore.Engine.Planning;

namespace S3ModelStore.Engine.Tests.Planning;

/// <summary>Keys that somebody wrote to do harm, or that do it by accident, and where each is refused: on Linux, macOS, Windows.</summary>
internal static class HostileKeys
{
    private const string Everywhere = "LMW";
    private const string Windows = "W";
    private const string MacOS = "M";
    private const string Nowhere = "";

    /// <summary>As written; without those that no attribute and no XML can hold.</summary>
    public static IReadOnlyList<(string Key, string Refused)> All { get; } =
    [
        .. Each(Everywhere,
            "..", "../x", "../../../../etc/passwd", "a/..", "a/../../b", "./x", "a/./b", "/..", "//", "/", "a/", "/etc/passwd", "//server/share/x",
            "..\\x", "..\\..\\x", "a\\..\\..\\x", "../..\\x", "\\", "\\x", "\\\\server\\share\\x", "\\\\?\\C:\\x", "\\\\.\\PhysicalDrive0", "\\??\\C:\\x", "//?/C:/x",
            "C:", "C:/x", "c:x", "a:b", "C:\\x", "z:../x", "a\0b", "a\0/../x", "\u0001", "a\tb", "a\rb", "a\nb", "\u001B[2J", "a\u007F", "a\u0085b", "a\u009Fb",
            ".s3modelstore", ".s3modelstore/manifest.json", ".S3MODELSTORE/x", ".S3ModelStore/partial/x.part", ".s3modelSTORE/locks/00"),
        .. Each(Windows,
            "CON", "con.txt", "a/Nul", "AUX.", "aux.tar.gz", "PRN ", "COM0", "COM1", "com9.log", "COM\u00B9", "com\u00B2.x", "LPT0", "lpt\u00B3", "LPT9.x.y", "CONIN$", "conout$",
            "CON/x", "a/b/COM1/c", "nul .txt", "a.", "a..", "a...", "...", "a ", " ", "a. ", "a./b", "a /b", "file.txt::$DATA", "ab:c/d", "a<", "a>b", "a|b", "a?b", "a*b",
            "a\"b", ".s3modelstore.", ".s3modelstore ", ".s3modelstore::$INDEX_ALLOCATION/x", "S3MODE~1", "s3mode~12/manifest.json", "S3A1B2~1"),
        .. Each(MacOS,
            // Case folding makes the long s an s; older volumes also skip what cannot be seen.
            ".\u017F3modelstore/x", ".S3MODEL\u017FTORE", ".s3\u200Cmodelstore/manifest.json", ".s3modelstore\u200D", "\uFEFF.s3modelstore", ".s3model\u2060store"),
        .. Each(Nowhere,
            "%2e%2e", "%2e%2e/x", "..%2fx", "..%5cx", "%2E%2E%2Fx", "%252e%252e%252fx", "%c0%ae%c0%ae/x", "%00", "..%00/x", "%u002e%u002e/x", "&#46;&#46;/x",
            "\uFF0E\uFF0E/x", "\u2024\u2024/x", "\u2025/x", "..\u2044x", "..\u2215x", "..\uFF0Fx", "..\uFF3Cx", "\u2216x", "\uFE52\uFE52/x", "..\u200B/x", "\u202Egnp.exe",
            "..a", "a..b", "....x", "~", "~root/x", "$HOME", "$(id)", "`id`", "-rf", "--", "a;b", "a&b", "a'b", "CONSOLE", "COM10", "COM", "nulls", "xCON.txt", "a/.s3modelstore/x",
            ".s3modelstore2", "x.s3modelstore", ".s3modelstor", "desktop.ini", ".git/config", "a%", "%", "%%", "%zz"),
        ("e/" + new string('a', 255), Nowhere),
        ("e/" + new string('a', 256), Everywhere),
        ("e/" + new string('\u00E9', 127), Nowhere),
        ("e/" + new string('\u00E9', 128), "L"),
        ("e/" + new string('\u00E9', 256), Everywhere),
        ("e/" + string.Concat(Enumerable.Repeat("\U0001F600", 63)), Nowhere),
        ("e/" + string.Concat(Enumerable.Repeat("\U0001F600", 64)), "L"),
        (string.Join('/', Enumerable.Repeat(new string('p', 250), 4)), Nowhere),
        (string.Join('/', Enumerable.Repeat(new string('p', 250), 17)), "LM"),
        ("\uD800", Everywhere),
        ("a/\uDC00b", Everywhere),
        ("\uDE00\uD83D", Everywhere),
    ];

    public static bool IsRefused(string refused, PlatformNames names) => refused.Contains(names.Name[0], StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Key, string Refused)> Each(string refused, params string[] keys) => keys.Select(key => (key, refused));
}
