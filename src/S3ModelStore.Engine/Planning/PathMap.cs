using System.Globalization;
using System.Text;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Planning;

/// <summary>Where each key of a model goes below a destination, or why it cannot. Immutable.</summary>
internal sealed class PathMap
{
    // More would not help a person, and a message is not a report.
    private const int MaxNamed = 20;

    private readonly IReadOnlyList<string> _keys;
    private readonly string?[] _localPaths;
    private readonly SortedDictionary<int, PathRefusal> _refusals;
    private readonly string _destination;
    private readonly NamePolicy _policy;

    public PathMap(IReadOnlyList<string> keys, string?[] localPaths, SortedDictionary<int, PathRefusal> refusals, string destination, NamePolicy policy)
    {
        _keys = keys;
        _localPaths = localPaths;
        _refusals = refusals;
        _destination = destination;
        _policy = policy;
    }

    public int Count => _localPaths.Length;

    /// <summary>The refused keys by their index, in order.</summary>
    public IReadOnlyDictionary<int, PathRefusal> Refusals => _refusals;

    /// <summary>The path below the destination with the platform's separators; <see langword="null"/> for a refused key.</summary>
    public string? this[int index] => _localPaths[index];

    /// <summary>This map without the paths that a further look refuses, such as one at the disk; all refusals end in the same one error.</summary>
    /// <param name="check">Why a local path cannot be used, or <see langword="null"/>; called once for each path, in order.</param>
    public PathMap Checked(Func<string, PathRefusal?> check)
    {
        var paths = (string?[])_localPaths.Clone();
        var refusals = new SortedDictionary<int, PathRefusal>(_refusals);
        for (var i = 0; i < paths.Length; i++)
        {
            if (paths[i] is not { } path || check(path) is not { } refusal)
                continue;
            paths[i] = null;
            refusals.Add(i, refusal);
        }

        return new PathMap(_keys, paths, refusals, _destination, _policy);
    }

    /// <summary>What the policy says about refused keys: nothing under <see cref="NamePolicy.Skip"/>, otherwise one error that names them.</summary>
    /// <exception cref="ModelStoreException">
    /// <see cref="ModelStoreErrorCode.UnsafePath"/>, or <see cref="ModelStoreErrorCode.NameConflict"/> when all are conflicts.
    /// </exception>
    public void ThrowIfRefused()
    {
        if (_refusals.Count == 0 || _policy == NamePolicy.Skip)
            return;
        var unsafePaths = _refusals.Values.Any(refusal => refusal.Code == ModelStoreErrorCode.UnsafePath);
        var code = unsafePaths ? ModelStoreErrorCode.UnsafePath : ModelStoreErrorCode.NameConflict;
        throw new ModelStoreException(code, Message(), Remedy(unsafePaths), _keys[_refusals.Keys.First()]);
    }

    /// <summary>A key as a message may show it: it is foreign text, and written raw its control characters would reach the terminal.</summary>
    public static string Printable(string key)
    {
        if (!key.Any(c => char.IsControl(c) || char.IsSurrogate(c)))
            return key;
        var text = new StringBuilder();
        for (var i = 0; i < key.Length; i++)
        {
            if (i + 1 < key.Length && char.IsSurrogatePair(key[i], key[i + 1]))
                text.Append(key[i++]).Append(key[i]);
            else if (char.IsControl(key[i]) || char.IsSurrogate(key[i]))
                text.Append("\\u").Append(((int)key[i]).ToString("X4", CultureInfo.InvariantCulture));
            else
                text.Append(key[i]);
        }

        return text.ToString();
    }

    private string Message()
    {
        var faults = string.Join("; ", _refusals.Take(MaxNamed).Select(pair => $"'{Printable(_keys[pair.Key])}' {Printable(pair.Value.Reason)}"));
        var rest = _refusals.Count > MaxNamed ? Messages.AndMoreKeys(Counted(_refusals.Count - MaxNamed)) : string.Empty;
        return Messages.KeysRefused(Counted(_refusals.Count), _destination, faults, rest);
    }

    private static string Counted(int keys) => keys == 1 ? Messages.OneKey : Messages.Keys(keys);

    private string Remedy(bool unsafePaths) => (_policy, unsafePaths) switch
    {
        (NamePolicy.Escape, false) => Messages.ClashesEscapedRemedy,
        (NamePolicy.Escape, true) => Messages.UnsafeEscapedRemedy,
        (_, false) => Messages.ClashesRemedy,
        _ => Messages.UnsafeRemedy,
    };
}
