using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace S3ModelStore.Engine.Storage;

/// <summary>
/// One digest over a set of files: the same for the same paths, sizes and digests, on every machine and in every destination, and
/// different as soon as one of them differs. Anybody can compute it again.
/// </summary>
/// <remarks>
/// <para><c>SHA256:</c> and the lower-case hexadecimal SHA-256 of: the line <c>S3ModelStore fingerprint 1</c> with its line feed, then
/// for each file, in the order of the bytes of its path, three netstrings: path, size in decimal digits, digest. A netstring is the
/// number of bytes in decimal digits, a colon, the bytes as UTF-8, a comma (https://cr.yp.to/proto/netstrings.txt): with it no content
/// of one field can pass for two, whatever a store writes into an ETag.</para>
/// <para>Paths have <c>/</c> between segments. The digest is <c>ALGORITHM:value</c> as the manifest has it, and where there is none
/// <c>ETag:</c> and the ETag. Whoever proves the same files by other algorithms gets another fingerprint: never the same for different
/// content, which is what a cache key must hold.</para>
/// <para>Sorted by bytes, as <c>LC_ALL=C sort</c> does: UTF-16 order, .NET's ordinal one, puts U+10000 before U+FFFD.</para>
/// </remarks>
internal static class ContentFingerprint
{
    private const int HashedAtOnce = 64 * 1024;

    private static ReadOnlySpan<byte> Heading => "S3ModelStore fingerprint 1\n"u8;

    public static string Of(IEnumerable<ManifestEntry> files)
    {
        var sorted = files.Select(file => new Line(Encoding.UTF8.GetBytes(PortablePath(file.Path)), file)).ToList();
        sorted.Sort(static (one, other) => one.Path.AsSpan().SequenceCompareTo(other.Path));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var record = new ArrayBufferWriter<byte>(HashedAtOnce);
        record.Write(Heading);
        foreach (var (path, file) in sorted)
        {
            Append(record, path);
            Append(record, Encoding.UTF8.GetBytes(file.Size.ToString(CultureInfo.InvariantCulture)));
            Append(record, Encoding.UTF8.GetBytes(DigestOf(file)));
            if (record.WrittenCount < HashedAtOnce)
                continue;
            hash.AppendData(record.WrittenSpan);
            record.ResetWrittenCount();
        }

        hash.AppendData(record.WrittenSpan);
        return "SHA256:" + Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    private static string DigestOf(ManifestEntry file) => file.Digest ?? "ETag:" + file.ETag;

    // No safe name has a backslash, on any platform: where there is one it is Windows' separator.
    private static string PortablePath(string path) => path.Replace('\\', '/');

    private static void Append(ArrayBufferWriter<byte> record, byte[] field)
    {
        Encoding.UTF8.GetBytes(field.Length.ToString(CultureInfo.InvariantCulture), record);
        record.Write(":"u8);
        record.Write(field);
        record.Write(","u8);
    }

    private sealed record Line(byte[] Path, ManifestEntry File);
}
