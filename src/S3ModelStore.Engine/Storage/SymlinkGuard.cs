using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Storage;

/// <summary>Refuses local paths that what is on disk would lead elsewhere, or that cannot be files there. Not thread-safe.</summary>
/// <remarks>
/// The destination itself may be a link: that is the user's own word. A link below it may lead to another place below it, never
/// out, and never into the module's own directory. A finished file that is a link is no danger: renaming over it replaces the link
/// itself, not what it points to. What is found holds for the moment of planning: it keeps a model from being written through
/// links that were there before, not from another process that plants them meanwhile.
/// </remarks>
internal sealed class SymlinkGuard
{
    private readonly string _destination;
    private readonly StringComparison _comparison;

    // Keyed by relative directory: a model has many files and few directories, and each is looked at once.
    private readonly Dictionary<string, DirectoryFinding> _directories = new(StringComparer.Ordinal);

    private readonly Dictionary<string, bool> _empty = new(StringComparer.Ordinal);

    private string? _realDestination;

    /// <param name="destination">Full path; need not exist yet.</param>
    /// <param name="names">How the platform compares names.</param>
    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.DestinationUnavailable"/> for links in a circle.</exception>
    public SymlinkGuard(string destination, PlatformNames names)
    {
        _destination = Path.TrimEndingDirectorySeparator(destination);
        _comparison = names.IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        _directories[string.Empty] = new DirectoryFinding(Directory.Exists(_destination), null);
        RealDestination();
    }

    private SymlinkGuard(SymlinkGuard other)
    {
        _destination = other._destination;
        _comparison = other._comparison;
        _directories[string.Empty] = new DirectoryFinding(Exists: true, null);
    }

    /// <summary>Why a path cannot be written; <see langword="null"/> if it can.</summary>
    /// <param name="localPath">Below the destination, as <see cref="PathMap"/> gives it.</param>
    public PathRefusal? Check(string localPath) => Check(localPath, out _);

    /// <inheritdoc cref="Check(string)"/>
    /// <param name="localPath">Below the destination.</param>
    /// <param name="file">What its name stands for; <see langword="null"/> for nothing where the directory is empty or missing, or is refused.</param>
    public PathRefusal? Check(string localPath, out FileInfo? file)
    {
        file = null;
        var directory = Path.GetDirectoryName(localPath)!;
        var parent = Look(directory);
        if (parent.Refusal is not null || !parent.Exists || IsEmpty(directory))
            return parent.Refusal;
        file = new FileInfo(Path.Combine(_destination, localPath));
        // Links to directories have this flag too; a user's link to a directory is not ours to replace by a file.
        return Exists(file) && file.Attributes.HasFlag(FileAttributes.Directory)
            ? new PathRefusal(ModelStoreErrorCode.NameConflict, Messages.FileWhereDirectoryIs(file.FullName))
            : null;
    }

    /// <summary>Why nothing may be renamed into the directory of a path, as it is at this moment. The destination itself is there.</summary>
    /// <remarks>Thread-safe, and free where there is no directory between the two.</remarks>
    public PathRefusal? CheckDirectoryNow(string localPath)
        => Path.GetDirectoryName(localPath.AsSpan()).IsEmpty ? null : new SymlinkGuard(this).Look(Path.GetDirectoryName(localPath)!).Refusal;

    private DirectoryFinding Look(string directory)
    {
        if (_directories.TryGetValue(directory, out var known))
            return known;
        var parent = Look(Path.GetDirectoryName(directory)!);
        var finding = parent.Refusal is not null || !parent.Exists ? parent : Examine(Path.Combine(_destination, directory));
        return _directories[directory] = finding;
    }

    // A new download finds none of its files, and is told so once for each directory.
    private bool IsEmpty(string directory)
    {
        if (_empty.TryGetValue(directory, out var known))
            return known;
        try
        {
            return _empty[directory] = !Directory.EnumerateFileSystemEntries(Path.Combine(_destination, directory)).Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It may be written to without being readable.
            return _empty[directory] = false;
        }
    }

    private DirectoryFinding Examine(string path)
    {
        var directory = new FileInfo(path);
        if (!Exists(directory))
            return new DirectoryFinding(Exists: false, null);
        if (directory.Attributes.HasFlag(FileAttributes.ReparsePoint) && directory.LinkTarget is { } target)
            return new DirectoryFinding(Exists: true, LinkFault(path, target));
        return directory.Attributes.HasFlag(FileAttributes.Directory)
            ? new DirectoryFinding(Exists: true, null)
            : new DirectoryFinding(Exists: true, new PathRefusal(ModelStoreErrorCode.NameConflict, Messages.DirectoryWhereFileIs(path)));
    }

    private PathRefusal? LinkFault(string path, string target)
    {
        if (LinkResolver.RealPath(path) is not { } real)
            return Unsafe(Messages.LinkInACircle(path));
        var destination = RealDestination();
        if (!IsBelow(real, destination) && !real.Equals(destination, _comparison))
            return Unsafe(Messages.LinkLeadsOut(path, real));
        var state = Path.Combine(destination, SegmentRules.StateDirectory);
        if (real.Equals(state, StringComparison.OrdinalIgnoreCase) || real.StartsWith(state + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase))
            return Unsafe(Messages.LinkIntoOwnDirectory(path));
        if (Directory.Exists(real))
            return null;
        return File.Exists(real)
            ? new PathRefusal(ModelStoreErrorCode.NameConflict, Messages.DirectoryWhereLinkToFileIs(path))
            : Unsafe(Messages.LinkToNothing(path, target));
    }

    // Every directory from the root down is looked at: only a link below the destination is reason enough.
    private string RealDestination()
        => _realDestination ??= LinkResolver.RealPath(_destination) ?? throw new ModelStoreException(
            ModelStoreErrorCode.DestinationUnavailable,
            Messages.DestinationInACircle(_destination),
            Messages.DestinationInACircleRemedy,
            _destination);

    private bool IsBelow(string path, string directory)
        => path.StartsWith(Path.EndsInDirectorySeparator(directory) ? directory : directory + Path.DirectorySeparatorChar, _comparison);

    // Attributes are those of a link itself, unlike Exists, and -1 where nothing is.
    private static bool Exists(FileInfo file) => (int)file.Attributes != -1;

    private static PathRefusal Unsafe(string reason) => new(ModelStoreErrorCode.UnsafePath, reason);

    private sealed record DirectoryFinding(bool Exists, PathRefusal? Refusal);
}
