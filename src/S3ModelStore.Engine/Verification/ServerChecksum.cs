using System.Globalization;

namespace S3ModelStore.Engine.Verification;

/// <summary>A checksum the store keeps with an object.</summary>
/// <param name="Algorithm"><c>CRC64NVME</c>, <c>CRC32C</c>, <c>CRC32</c>, <c>SHA256</c> or <c>SHA1</c>.</param>
/// <param name="Value">Base64; for a composite one without its <c>-N</c>.</param>
/// <param name="Parts">How many parts were put together; 0 for a checksum over the whole object.</param>
internal sealed record ServerChecksum(string Algorithm, string Value, int Parts)
{
    /// <summary>Every algorithm S3 has, the cheapest to compute first.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["CRC64NVME", "CRC32C", "CRC32", "SHA256", "SHA1"];

    /// <param name="algorithm">One of <see cref="Algorithms"/>.</param>
    /// <param name="header">The header's value: base64, and <c>-N</c> behind it when composite.</param>
    /// <param name="type"><c>FULL_OBJECT</c> or <c>COMPOSITE</c>, if the store says.</param>
    /// <returns><see langword="null"/> for what is no such value.</returns>
    public static ServerChecksum? Parse(string algorithm, string header, string? type)
    {
        var dash = header.LastIndexOf('-');
        if (dash < 0)
            return string.Equals(type, "COMPOSITE", StringComparison.OrdinalIgnoreCase) ? null : new ServerChecksum(algorithm, header, Parts: 0);
        return int.TryParse(header.AsSpan(dash + 1), CultureInfo.InvariantCulture, out var parts) && parts > 0 ? new ServerChecksum(algorithm, header[..dash], parts) : null;
    }
}
