using Microsoft.Win32.SafeHandles;

namespace S3ModelStore.Engine.Storage;

/// <summary>The bytes of an unfinished file. Writes are positional and may come from any thread. The file's lock must be held.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;

    private PartialFile(string path, SafeFileHandle file)
    {
        _path = path;
        _file = file;
    }

    /// <param name="path">Where the bytes are collected.</param>
    /// <param name="keep">Keep what is there; otherwise begin with nothing.</param>
    public static PartialFile Open(string path, bool keep)
        => new(path, keep ? File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read) : StateFile.CreateAnew(path, FileShare.Read));

    /// <summary>Whether there is one to keep. A link is none: it would be written through, and renamed into place as what it is.</summary>
    public static bool Exists(string path) => File.Exists(path) && !StateFile.IsLink(path);

    /// <summary>A finished file, to be read only.</summary>
    public static PartialFile OpenFinished(string path)
        => new(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(_file, bytes, offset);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // What .NET makes of EFBIG: FAT ends at 4 GiB, and a user can be limited to less.
            throw new IOException($"No file of {offset + bytes.Length} bytes is allowed there.", e);
        }
    }

    /// <summary>Fills <paramref name="buffer"/> from <paramref name="offset"/>; fewer bytes only at the end of what is written.</summary>
    public int Read(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var read = RandomAccess.Read(_file, buffer[total..], offset + total);
            if (read == 0)
                break;
            total += read;
        }

        return total;
    }

    /// <summary>Flushes, dates and renames the file into place; an existing file is replaced in one step. Closes this object.</summary>
    /// <returns>What the finished file looks like.</returns>
    /// <exception cref="IOException">Among others, when it no longer has the size that was written: another program changed it.</exception>
    public FileInfo Commit(string finalPath, long size, DateTimeOffset modifiedAt, CancellationToken cancellation)
    {
        if (RandomAccess.GetLength(_file) is var length && length != size)
            throw new IOException($"Its partial file has {length} bytes and not the {size} that were written; another program changed it.");
        Finish(_file, modifiedAt);
        _file.Dispose();
        if (!AtomicRename.TryMove(_path, finalPath))
            CopyIntoPlace(finalPath, modifiedAt, cancellation);
        return new FileInfo(finalPath);
    }

    /// <summary>Makes a finished file a partial one again, no longer than it may be.</summary>
    /// <returns><see langword="false"/> when it lies on another volume and stays where it is.</returns>
    public static bool TryTakeBack(string finalPath, string path, long size)
    {
        if (!AtomicRename.TryMove(finalPath, path))
            return false;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        if (RandomAccess.GetLength(file) > size)
            RandomAccess.SetLength(file, size);
        return true;
    }

    public void Dispose() => _file.Dispose();

    private static void Finish(SafeFileHandle file, DateTimeOffset modifiedAt)
    {
        // A store that tells no time leaves the file's own.
        if (modifiedAt > DateTimeOffset.UnixEpoch)
            File.SetLastWriteTimeUtc(file, modifiedAt.UtcDateTime);
        RandomAccess.FlushToDisk(file);
    }

    // Another volume is mounted below the destination: copied beside the final name, then renamed, so that there too it is all or nothing.
    private void CopyIntoPlace(string finalPath, DateTimeOffset modifiedAt, CancellationToken cancellation)
    {
        var beside = Path.Combine(Path.GetDirectoryName(finalPath)!, $".{Path.GetFileNameWithoutExtension(_path)}.s3modelstore");
        try
        {
            using (var from = OpenFinished(_path))
            using (var to = StateFile.CreateAnew(beside, FileShare.None))
            {
                var buffer = new byte[256 * 1024];
                long position = 0;
                for (int read; (read = from.Read(buffer, position)) > 0; position += read)
                {
                    cancellation.ThrowIfCancellationRequested();
                    RandomAccess.Write(to, buffer.AsSpan(0, read), position);
                }

                Finish(to, modifiedAt);
            }

            File.Move(beside, finalPath, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        File.Delete(_path);
    }
}
