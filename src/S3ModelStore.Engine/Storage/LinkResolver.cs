namespace S3ModelStore.Engine.Storage;

/// <summary>The real path behind links. .NET resolves the last segment of a path only, and not the links on the way to it.</summary>
/// <remarks>https://github.com/dotnet/runtime/issues/24271 brought LinkTarget and no canonical path; this can go once .NET has one.</remarks>
internal static class LinkResolver
{
    // What Linux allows before it says ELOOP.
    private const int MaxLinks = 40;

    /// <param name="fullPath">Need not exist; what does not is kept as it is.</param>
    /// <returns><see langword="null"/> when links lead in a circle.</returns>
    public static string? RealPath(string fullPath)
    {
        var left = new Stack<string>();
        var path = Start(fullPath, left);
        for (var links = 0; left.TryPop(out var segment);)
        {
            if (segment == "..")
            {
                path = Path.GetDirectoryName(path) ?? path;
                continue;
            }

            var next = Path.Combine(path, segment);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                path = next;
                continue;
            }

            if (++links > MaxLinks)
                return null;
            if (Path.IsPathRooted(target))
                path = Start(target, left);
            else
                Push(target, left);
        }

        return path;
    }

    private static string Start(string fullPath, Stack<string> left)
    {
        var root = Path.GetPathRoot(fullPath)!;
        Push(fullPath[root.Length..], left);
        return root;
    }

    private static void Push(string path, Stack<string> left)
    {
        var segments = path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        for (var i = segments.Length - 1; i >= 0; i--)
        {
            if (segments[i] != ".")
                left.Push(segments[i]);
        }
    }
}
