using System.Diagnostics.CodeAnalysis;
using S3ModelStore.Engine.Verification.Checksums;

namespace S3ModelStore.Engine.Storage;

/// <summary>A part of a finished file: the parts of an entry lie one behind the other and cover the file.</summary>
/// <param name="Length">Bytes, more than zero.</param>
/// <param name="Crc64Nvme">CRC-64/NVME of those bytes, base64 of its big-endian bytes as S3 writes it.</param>
internal sealed record ManifestPart(long Length, string Crc64Nvme)
{
    public static ManifestPart Of(JournalPart part) => new(part.Length, new ChecksumValue(ChecksumAlgorithm.Crc64Nvme, part.Crc).ToBase64());

    /// <summary>The parts of an entry at their offsets.</summary>
    /// <returns>Whether they are parts of a file of <paramref name="size"/> bytes, every CRC readable.</returns>
    public static bool TryLayOut(IReadOnlyList<ManifestPart> parts, long size, [NotNullWhen(true)] out IReadOnlyList<JournalPart>? laidOut)
    {
        laidOut = null;
        var found = new JournalPart[parts.Count];
        var offset = 0L;
        for (var i = 0; i < found.Length; i++)
        {
            if (parts[i] is not { Length: > 0 and var length } || length > size - offset || !ChecksumValue.TryParse(ChecksumAlgorithm.Crc64Nvme, parts[i].Crc64Nvme, out var crc))
                return false;
            found[i] = new JournalPart(offset, length, crc.Crc);
            offset += length;
        }

        if (offset != size)
            return false;
        laidOut = found;
        return true;
    }
}
