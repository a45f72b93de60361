using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Planning;

/// <summary>Finds the keys that want the same name: twins, as the platform compares names, and files named like a directory of others.</summary>
/// <remarks>
/// All twins are refused, so that the result does not depend on the order of the keys. Where a file has a directory's name only the
/// file is: the keys below the directory do no harm once it is left out.
/// </remarks>
internal sealed class NameClashes
{
    private readonly PlatformNames _names;
    private readonly IReadOnlyList<string> _keys;
    private readonly string?[] _paths;
    private readonly Dictionary<string, int> _files;
    private readonly Dictionary<string, int> _directories;
    private readonly Dictionary<int, PathRefusal> _found = [];

    /// <param name="names">How names are compared.</param>
    /// <param name="keys">The keys as the source names them.</param>
    /// <param name="paths">Their local paths; <see langword="null"/> for those refused before.</param>
    public NameClashes(PlatformNames names, IReadOnlyList<string> keys, string?[] paths)
    {
        _names = names;
        _keys = keys;
        _paths = paths;
        var comparer = names.IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        _files = new Dictionary<string, int>(paths.Length, comparer);
        _directories = new Dictionary<string, int>(comparer);
    }

    public IReadOnlyDictionary<int, PathRefusal> Find()
    {
        var directory = string.Empty;
        for (var i = 0; i < _paths.Length; i++)
        {
            if (_paths[i] is not { } path)
                continue;
            path = Folded(path);
            if (!_files.TryAdd(path, i))
                RefuseTwins(_files[path], i);
            // Listings are sorted: the directory of a key is nearly always the one before.
            var end = Math.Max(path.LastIndexOf(_names.Separator), 0);
            if (!path.AsSpan(0, end).SequenceEqual(directory))
            {
                directory = path[..end];
                AddDirectories(directory, i);
            }
        }

        RefuseFilesNamedLikeDirectories();
        return _found;
    }

    private string Folded(string path) => _names.IgnoresNormalization ? NameFolding.Fold(path) : path;

    private void AddDirectories(string directory, int index)
    {
        while (directory.Length > 0 && _directories.TryAdd(directory, index))
            directory = directory[..Math.Max(directory.LastIndexOf(_names.Separator), 0)];
    }

    private void RefuseTwins(int one, int other)
    {
        var same = _names.Name;
        _found.TryAdd(one, Conflict(Messages.SameNameAs(_keys[other], same)));
        _found.TryAdd(other, Conflict(Messages.SameNameAs(_keys[one], same)));
    }

    private void RefuseFilesNamedLikeDirectories()
    {
        foreach (var (directory, example) in _directories)
        {
            if (_files.TryGetValue(directory, out var file))
                _found.TryAdd(file, Conflict(Messages.FileWhereDirectoryNeeded(_keys[example])));
        }
    }

    private static PathRefusal Conflict(string reason) => new(ModelStoreErrorCode.NameConflict, reason);
}
