namespace S3ModelStore.Interop.Tests;

/// <summary>A CRC as its definition says it, one table and one byte at a time: other code than the one under test.</summary>
/// <param name="polynomial">Reversed; begins and ends with all ones, as all CRCs of S3 do.</param>
/// <param name="bytes">Of its value.</param>
internal sealed class ReflectedCrc(ulong polynomial, int bytes)
{
    private readonly ulong _ones = ulong.MaxValue >> (64 - (8 * bytes));
    private readonly ulong[] _table = [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8).Aggregate((ulong)value, (crc, _) => (crc >> 1) ^ ((crc & 1) * polynomial)))];

    public static ReflectedCrc Crc32 { get; } = new(0xEDB88320, 4);

    public static ReflectedCrc Crc32C { get; } = new(0x82F63B78, 4);

    public static ReflectedCrc Crc64Nvme { get; } = new(0x9A6C9329AC4BC9B5, 8);

    /// <summary>The most significant byte first, as S3 encodes it.</summary>
    public byte[] Of(ReadOnlySpan<byte> content)
    {
        var crc = _ones;
        foreach (var value in content)
            crc = (crc >> 8) ^ _table[(byte)(crc ^ value)];
        crc ^= _ones;
        return [.. Enumerable.Range(1, bytes).Select(i => (byte)(crc >> (8 * (bytes - i))))];
    }
}
