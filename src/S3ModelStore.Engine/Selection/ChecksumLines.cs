using System.Text;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Selection;

/// <summary>Lines as <c>sha256sum</c> writes them, plain and with <c>--tag</c>, and as <c>openssl dgst</c> does.</summary>
/// <remarks>https://www.gnu.org/software/coreutils/manual/html_node/cksum-output-modes.html</remarks>
internal static class ChecksumLines
{
    // MD5 has as many. Shorter and longer digests are recognised too, so that their error can say what is wrong.
    private const int FewestDigits = 32;

    private static readonly string[] Tags = ["SHA256 (", "SHA256(", "SHA2-256(", "SHA2-256 ("];

    public static bool IsOne(string line)
    {
        var text = line.StartsWith('\\') ? line.AsSpan(1) : line;
        var digits = Digits(text);
        return TagOf(text) is not null || (digits >= FewestDigits && digits < text.Length && text[digits] is ' ' or '\t');
    }

    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidFileSpec"/>.</exception>
    public static void Read(string text, string file, FileSpecCollector specs)
    {
        foreach (var line in TextLines.Of(text))
        {
            if (TextLines.IsBlankOrComment(line.Text))
                continue;
            var origin = new FileSpecOrigin(file, line.Number);
            if (!IsOne(line.Text))
                throw origin.Error(Messages.NotAChecksumLine, Messages.NotAChecksumLineRemedy);
            // A backslash before everything says that the name is escaped.
            var escaped = line.Text[0] == '\\';
            var (digest, path) = Split(escaped ? line.Text[1..] : line.Text, origin);
            specs.Add(origin, FileSpecRules.Create(origin, escaped ? Unescaped(path, origin) : path, null, digest));
        }
    }

    private static (string Digest, string Path) Split(string line, FileSpecOrigin origin)
    {
        if (TagOf(line) is { } tag)
        {
            var equals = line.LastIndexOf('=');
            var end = equals < 0 ? -1 : line.LastIndexOf(')', equals);
            if (end < tag.Length)
                throw origin.Error(Messages.TaggedLineWithoutDigest, Messages.TaggedLineWithoutDigestRemedy);
            // Unlike elsewhere a digest has to be there: an empty one would say that nothing is known.
            var digest = line[(equals + 1)..].Trim();
            return (digest.Length > 0 ? digest : "nothing", line[tag.Length..end]);
        }

        var digits = Digits(line);
        var begin = digits + 1;
        // The second character is the mode, text or binary; some writers leave it out.
        if (begin < line.Length && line[begin] is ' ' or '*')
            begin++;
        return (line[..digits], line[begin..]);
    }

    private static string? TagOf(ReadOnlySpan<char> text)
    {
        foreach (var tag in Tags)
        {
            if (text.StartsWith(tag, StringComparison.Ordinal))
                return tag;
        }

        return null;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiHexDigit(text[count]))
            count++;
        return count;
    }

    private static string Unescaped(string path, FileSpecOrigin origin)
    {
        var text = new StringBuilder(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            text.Append((path[i], i + 1 < path.Length ? path[i + 1] : '\0') switch
            {
                ('\\', '\\') => '\\',
                ('\\', 'n') => '\n',
                ('\\', 'r') => '\r',
                ('\\', _) => throw origin.Error(Messages.EscapeUnknown(path), Messages.EscapeUnknownRemedy),
                var (c, _) => c,
            });
            if (path[i] == '\\')
                i++;
        }

        return text.ToString();
    }
}
