using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Commands;

/// <summary>Objects that came down the pipeline, put back under the sources they were listed from.</summary>
internal sealed class PickedObjects
{
    private readonly List<S3ModelObject> _objects = [];

    public void Add(IEnumerable<S3ModelObject> objects) => _objects.AddRange(objects);

    public IEnumerable<(S3ModelUri Source, IReadOnlyList<S3ModelObject> Objects)> BySource()
        => from item in _objects.Distinct()
           group item by (item.Bucket, Root: Root(item)) into model
           select (S3ModelUri.ForKey(model.Key.Bucket, model.Key.Root), (IReadOnlyList<S3ModelObject>)[.. model]);

    // The key is the root and the relative path. The root loses its slash, as users write it, unless that would name other objects.
    private static string Root(S3ModelObject item)
    {
        var root = item.Key.EndsWith(item.RelativePath, StringComparison.Ordinal) ? item.Key[..^item.RelativePath.Length] : string.Empty;
        return root.EndsWith('/') && !root.EndsWith("//", StringComparison.Ordinal) ? root[..^1] : root;
    }
}
