using Microsoft.Win32.SafeHandles;
using S3ModelStore.Engine.Resources;

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
    /// <remarks>
    /// Never emptied, also by who begins anew: every byte is written before the file is put in place, and on a volume whose locks do nothing
    /// another process may be writing the same bytes into it, and would put the hole in place.
    /// </remarks>
    public static PartialFile Open(string path)
    {
        try
        {
            // Mostly nothing is there, and a file that is made now is no link.
            return new PartialFile(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read));
        }
        catch (IOException) when (File.Exists(path) || StateFile.IsLink(path))
        {
            StateFile.RemoveLink(path);
            return new PartialFile(path, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        }
    }

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
            throw new IOException(Messages.FileTooLongForVolume(offset + bytes.Length), e);
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
    /// <returns>The time of its last change as the volume keeps it.</returns>
    /// <exception cref="IOException">Among others, when it no longer has all that was written: another program changed it.</exception>
    public DateTimeOffset Commit(string finalPath, long size, DateTimeOffset modifiedAt, CancellationToken cancellation)
    {
        var length = RandomAccess.GetLength(_file);
        if (length < size)
            throw new IOException(Messages.PartialFileChanged(length, size));
        if (length > size)
            RandomAccess.SetLength(_file, size);
        var kept = Finish(_file, modifiedAt);
        _file.Dispose();
        return AtomicRename.TryMove(_path, finalPath) ? kept : CopyIntoPlace(finalPath, modifiedAt, cancellation);
    }

    public void Dispose() => _file.Dispose();

    private static DateTimeOffset Finish(SafeFileHandle file, DateTimeOffset modifiedAt)
    {
        // A store that tells no time leaves the file's own.
        if (modifiedAt > DateTimeOffset.UnixEpoch)
            File.SetLastWriteTimeUtc(file, modifiedAt.UtcDateTime);
        RandomAccess.FlushToDisk(file);
        return new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);
    }

    // Another volume is mounted below the destination: copied beside the final name, then renamed, so that there too it is all or nothing.
    private DateTimeOffset CopyIntoPlace(string finalPath, DateTimeOffset modifiedAt, CancellationToken cancellation)
    {
        var beside = Path.Combine(Path.GetDirectoryName(finalPath)!, $".{Path.GetFileNameWithoutExtension(_path)}.s3modelstore");
        DateTimeOffset kept;
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

                kept = Finish(to, modifiedAt);
            }

            File.Move(beside, finalPath, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        File.Delete(_path);
        return kept;
    }
}
