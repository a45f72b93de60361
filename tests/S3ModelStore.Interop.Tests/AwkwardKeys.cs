namespace S3ModelStore.Interop.Tests;

/// <summary>Keys that break naive URL building, signing, decoding or parsing.</summary>
internal static class AwkwardKeys
{
    public static IReadOnlyList<string> All { get; } =
    [
        "with space.bin",
        " leading and trailing ",
        "plus+plus.bin",
        "100%.bin",
        "already%20encoded%2Fslash.bin",
        "hash#fragment.bin",
        "question?mark=1&other=2.bin",
        "equals=amp&.bin",
        "semi;colon,comma.bin",
        "at@dollar$.bin",
        "colon:pipe|.bin",
        "quote'double\"back`.bin",
        "brackets[a-c]{b}(c)<d>.bin",
        "star*caret^tilde~.bin",
        "exclaim!.bin",
        "back\\slash.bin",
        "dots..in...names.bin",
        ".hidden",
        "trailing.",
        "umlaut-\u00FC-composed.bin",
        "umlaut-u\u0308-combining.bin",
        "日本語/モデル.bin",
        "emoji-🤗.bin",
        // Above the surrogates in UTF-16 order, below the emoji's in UTF-8 order, which is S3's.
        "emoji-\uFF5E.bin",
        "nested/deep/er/file.bin",
        "double//slash.bin",
        "tab\there.bin",
        "line\nbreak.bin",
        "delete\u007F.bin",
    ];
}
