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
        => new(path, File.OpenHandle(path, keep ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.ReadWrite, FileShare.Read));

    /// <summary>A finished file, to be read only.</summary>
    public static PartialFile OpenFinished(string path)
        => new(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_file, bytes, offset);

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
    public FileInfo Commit(string finalPath, long size, DateTimeOffset modifiedAt)
    {
        if (RandomAccess.GetLength(_file) != size)
            RandomAccess.SetLength(_file, size);
        // A store that tells no time leaves the file's own.
        if (modifiedAt > DateTimeOffset.UnixEpoch)
            File.SetLastWriteTimeUtc(_file, modifiedAt.UtcDateTime);
        RandomAccess.FlushToDisk(_file);
        _file.Dispose();
        File.Move(_path, finalPath, overwrite: true);
        return new FileInfo(finalPath);
    }

    public void Dispose() => _file.Dispose();
}
