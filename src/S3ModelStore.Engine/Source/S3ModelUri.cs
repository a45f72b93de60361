using System.Diagnostics.CodeAnalysis;
using System.Text;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Source;

/// <summary>
/// <c>s3://bucket[/prefix-or-key]</c>. The key is literal text: nothing is decoded, so <c>#</c>, <c>?</c>, <c>+</c>, <c>%</c>,
/// spaces and Unicode mean themselves. That is why <see cref="System.Uri"/> is not used.
/// </summary>
public sealed record S3ModelUri
{
    private const string Scheme = "s3://";

    // S3: "The name for a key is a sequence of Unicode characters whose UTF-8 encoding is at most 1,024 bytes long."
    private const int MaxKeyBytes = 1024;

    private S3ModelUri(string bucket, string key)
    {
        Bucket = bucket;
        Key = key;
    }

    public string Bucket { get; }

    /// <summary>The prefix or key, without a leading slash; empty for the whole bucket.</summary>
    public string Key { get; }

    /// <summary>The prefix that names everything below this source: <see cref="Key"/> with a slash at its end, or empty.</summary>
    public string Prefix => Key.Length == 0 || Key.EndsWith('/') ? Key : Key + "/";

    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidUri"/>, saying what was expected.</exception>
    public static S3ModelUri Parse(string? text)
        => TryParse(text, out var uri, out var reason)
            ? uri
            : throw new ModelStoreException(ModelStoreErrorCode.InvalidUri, Messages.UriInvalid(text, reason), Messages.UriRemedy, text ?? string.Empty);

    public static bool TryParse(string? text, [NotNullWhen(true)] out S3ModelUri? uri)
        => TryParse(text, out uri, out _);

    /// <summary>The source of an object named by its bucket and key.</summary>
    public static S3ModelUri ForKey(string bucket, string key) => new(bucket, key);

    public override string ToString() => Key.Length == 0 ? Scheme + Bucket : $"{Scheme}{Bucket}/{Key}";

    private static bool TryParse(string? text, [NotNullWhen(true)] out S3ModelUri? uri, out string reason)
    {
        uri = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            reason = Messages.ItIsEmpty;
            return false;
        }

        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            reason = Messages.UriWithoutScheme;
            return false;
        }

        var rest = text.AsSpan(Scheme.Length);
        var slash = rest.IndexOf('/');
        var bucket = (slash < 0 ? rest : rest[..slash]).ToString();
        var key = slash < 0 ? string.Empty : rest[(slash + 1)..].ToString();
        reason = BucketFault(bucket) ?? KeyFault(key) ?? string.Empty;
        if (reason.Length > 0)
            return false;

        uri = new S3ModelUri(bucket, key);
        return true;
    }

    // Lenient on purpose: old AWS buckets and other stores allow upper case and underscores. What is refused could
    // not be a host label or path segment at all.
    private static string? BucketFault(string bucket)
    {
        if (bucket.Length == 0)
            return Messages.BucketMissing;
        if (bucket.Length > 255)
            return Messages.BucketTooLong;
        if (bucket is "." or "..")
            return Messages.BucketNotAName(bucket);
        foreach (var c in bucket)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_'))
                return Messages.BucketHasCharacter(c);
        }

        return null;
    }

    private static string? KeyFault(string key)
    {
        if (key.Contains('\0', StringComparison.Ordinal))
            return Messages.KeyHasNul;
        return Encoding.UTF8.GetByteCount(key) > MaxKeyBytes ? Messages.KeyTooLong(MaxKeyBytes) : null;
    }
}
