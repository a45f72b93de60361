using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Selection;

/// <summary>Gathers file specifications in their order, one for each path.</summary>
internal sealed class FileSpecCollector
{
    private readonly List<S3ModelFileSpec> _specs = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    public IReadOnlyList<S3ModelFileSpec> Specs => _specs;

    /// <summary>Adds a specification; one path may come again with the same values, or with values that were unknown.</summary>
    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidFileSpec"/> when two values differ.</exception>
    public void Add(FileSpecOrigin origin, S3ModelFileSpec spec)
    {
        if (_indexes.TryAdd(spec.Path, _specs.Count))
        {
            _specs.Add(spec);
            return;
        }

        var known = _specs[_indexes[spec.Path]];
        if (known.Size is { } size && spec.Size is { } otherSize && size != otherSize)
            throw origin.Error(Messages.SizesContradict(spec.Path, size, otherSize), Messages.ContradictionRemedy, spec.Path);
        if (known.Sha256 is { } digest && spec.Sha256 is { } otherDigest && digest != otherDigest)
            throw origin.Error(Messages.DigestsContradict(spec.Path, digest, otherDigest), Messages.ContradictionRemedy, spec.Path);
        _specs[_indexes[spec.Path]] = known with { Size = known.Size ?? spec.Size, Sha256 = known.Sha256 ?? spec.Sha256 };
    }
}
