namespace S3ModelStore.Benchmarks.Neutral;

/// <summary>A file that is served as an object.</summary>
/// <param name="Name">Below the prefix.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Whole seconds.</param>
/// <param name="Crc64Nvme">Base64, of the whole.</param>
/// <param name="Md5">Hexadecimal; <see langword="null"/> where nobody asks.</param>
internal sealed record OriginObject(string Name, long Size, DateTimeOffset Modified, string Crc64Nvme, string? Md5)
{
    /// <summary>Without quotes: the MD5 where it is known, else what nginx makes of time and size itself, and compares with If-Match.</summary>
    public string ETag => Md5 ?? FormattableString.Invariant($"{Modified.ToUnixTimeSeconds():x}-{Size:x}");
}
