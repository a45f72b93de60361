using S3ModelStore.Engine.Storage;
using S3ModelStore.Engine.Verification.Checksums;

namespace S3ModelStore.Engine.Verification;

/// <summary>Reads again what is on disk, to know instead of to hope.</summary>
internal static class LocalBytes
{
    /// <summary>Whether a recorded part still has the CRC it was recorded with.</summary>
    /// <param name="data">Where it is.</param>
    /// <param name="part">What was recorded.</param>
    /// <param name="digest">Takes the bytes along, if it wants them.</param>
    /// <param name="buffer">Of any size.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static bool AreIntact(PartialFile data, JournalPart part, RunningDigest? digest, Span<byte> buffer, CancellationToken cancellation)
    {
        var crc = new RunningCrc(ChecksumAlgorithm.Crc64Nvme);
        for (var position = part.Offset; position < part.End;)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = data.Read(buffer[..(int)Math.Min(buffer.Length, part.End - position)], position);
            if (read == 0)
                return false;
            crc.Append(buffer[..read]);
            digest?.Append(buffer[..read]);
            position += read;
        }

        return crc.Value == part.Crc;
    }

    /// <summary>Whether a whole file still has the size and the digest of its record.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="entry">Has a digest over all bytes.</param>
    /// <param name="buffer">Of any size.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static bool AreAsRecorded(string path, ManifestEntry entry, Span<byte> buffer, CancellationToken cancellation)
        => entry.WholeDigest() is var (algorithm, value)
            && new FileInfo(path).Length == entry.Size
            && Digest(path, algorithm, buffer, cancellation) == value;

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

        return digest.FinishText();
    }
}
