namespace S3ModelStore.Engine.Verification.Structure;

/// <summary>
/// The small text that Git LFS keeps in a repository instead of a large file. A model that was uploaded from a clone without its
/// large files consists of these. https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
/// </summary>
internal static class GitLfsPointer
{
    // The specification bounds pointers; anything larger is something else.
    private const int LargestPointer = 1024;

    private static ReadOnlySpan<byte> Beginning => "version https://git-lfs.github.com/spec/"u8;

    /// <summary>Looks at the beginning and leaves the stream there.</summary>
    public static bool IsAt(Stream file)
    {
        if (file.Length is >= LargestPointer or 0)
            return false;
        Span<byte> start = stackalloc byte[Beginning.Length];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return start[..read].SequenceEqual(Beginning);
    }
}
