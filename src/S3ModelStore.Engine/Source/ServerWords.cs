using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Source.Http;

namespace S3ModelStore.Engine.Source;

/// <summary>What a server says, before it is shown. Debugging proxies repeat the request in their errors, with its signature and its session token.</summary>
internal static class ServerWords
{
    // Enough of a token to know it by: the words may have been cut off within it.
    private const int Telling = 16;

    // The ids of test servers can be words like any other.
    private const int ShortestId = 8;

    private static readonly string[] Marks = ["AWS4-HMAC", "Signature=", "X-Amz-Security-Token"];

    /// <summary>The words, unless there are credentials of a request in them.</summary>
    public static string? Shown(string? words, SigV4Credentials? keys)
        => words is not null && Repeats(words, keys) ? Messages.WordsWithheld : words;

    /// <summary>An error's code, which is a word; anything longer says something else.</summary>
    public static string? Code(string? code)
        => code is { Length: > 0 and <= 64 } && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ':') ? code : null;

    private static bool Repeats(string words, SigV4Credentials? keys)
        => Array.Exists(Marks, mark => words.Contains(mark, StringComparison.OrdinalIgnoreCase))
            || (keys?.AccessKeyId is { Length: >= ShortestId } id && words.Contains(id, StringComparison.Ordinal))
            || (keys?.SessionToken is { Length: >= Telling } token && words.Contains(token[..Telling], StringComparison.Ordinal));
}
