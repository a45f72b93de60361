using Microsoft.Win32.SafeHandles;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Storage;

/// <summary>Opens the files of <see cref="StateDirectory"/> so that a link in their place is never followed; its remarks say against whom.</summary>
internal static class StateFile
{
    /// <summary>Longest file that is read whole, bytes: far more than any model needs. A longer one is not ours.</summary>
    public const long MaxSize = 256L * 1024 * 1024;

    /// <summary>Attributes that are told of the link itself, also of one that leads nowhere.</summary>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    /// <summary>For what is continued, or shared where locks do nothing, and must not be replaced: only a link goes.</summary>
    public static void RemoveLink(string path)
    {
        if (IsLink(path))
            File.Delete(path);
    }

    /// <summary>Begins a file with nothing. What had its name is removed, not emptied: a link, hard or symbolic, would pass that on.</summary>
    public static SafeFileHandle CreateAnew(string path, FileShare share)
    {
        File.Delete(path);
        return File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, share);
    }

    /// <summary>The whole content as it is now; <see langword="null"/> when there is none, or it is a link, no file of bytes, or too long.</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    public static byte[]? TryRead(string path)
    {
        if (!File.Exists(path) || IsLink(path))
            return null;
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
            var length = RandomAccess.GetLength(file);
            return length <= MaxSize ? Read(file, new byte[length]) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>For what others share and that can therefore not just be replaced.</summary>
    public static ModelStoreException LinkInTheWay(string path)
        => new(
            ModelStoreErrorCode.UnsafePath,
            Messages.LinkInTheWay(path),
            Messages.LinkInTheWayRemedy,
            path);

    // What is appended meanwhile belongs to the next look.
    private static byte[] Read(SafeFileHandle file, byte[] content)
    {
        var filled = 0;
        while (filled < content.Length && RandomAccess.Read(file, content.AsSpan(filled), filled) is > 0 and var read)
            filled += read;
        return filled == content.Length ? content : content[..filled];
    }
}
