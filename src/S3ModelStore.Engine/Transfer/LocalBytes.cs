using S3ModelStore.Engine.Storage;
using S3ModelStore.Engine.Verification;
using S3ModelStore.Engine.Verification.Checksums;

namespace S3ModelStore.Engine.Transfer;

/// <summary>Reads again what is on disk, to know instead of to hope.</summary>
internal static class LocalBytes
{
    /// <summary>Whether a recorded part still has the CRC it was recorded with.</summary>
    public static bool AreIntact(PartialFile data, JournalPart part, Span<byte> buffer, CancellationToken cancellation)
    {
        var crc = new RunningCrc(ChecksumAlgorithm.Crc64Nvme);
        for (var position = part.Offset; position < part.End;)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = data.Read(buffer[..(int)Math.Min(buffer.Length, part.End - position)], position);
            if (read == 0)
                return false;
            crc.Append(buffer[..read]);
            position += read;
        }

        return crc.Value == part.Crc;
    }

    /// <summary>The digest of a whole file.</summary>
    public static string Digest(string path, string algorithm, Span<byte> buffer, CancellationToken cancellation)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        using var digest = new RunningDigest(algorithm);
        long position = 0;
        for (int read; (read = RandomAccess.Read(file, buffer, position)) > 0; position += read)
        {
            cancellation.ThrowIfCancellationRequested();
            digest.Append(buffer[..read]);
        }

        return digest.Finish();
    }
}
