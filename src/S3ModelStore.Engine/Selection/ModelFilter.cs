namespace S3ModelStore.Engine.Selection;

/// <summary>Which relative keys of a model are wanted. Exclude wins; order never matters; no include pattern means all.</summary>
public sealed class ModelFilter
{
    /// <summary>Everything.</summary>
    public static ModelFilter All { get; } = new();

    private ModelFilter()
    {
    }
}
