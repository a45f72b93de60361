using System.Globalization;

namespace S3ModelStore.Engine.Verification.Composite;

/// <summary>What stands behind the dash of a value over parts.</summary>
internal static class PartCountSuffix
{
    /// <returns>1 to 10,000; <see langword="null"/> for anything else, leading zeros and signs included.</returns>
    public static int? TryParse(ReadOnlySpan<char> text)
        => text.Length > 0 && text[0] is >= '1' and <= '9' && text[^1] is >= '0' and <= '9'
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MultipartETag.MostParts
                ? count
                : null;
}
