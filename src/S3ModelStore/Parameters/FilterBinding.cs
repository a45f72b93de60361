using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Selection;

namespace S3ModelStore.Parameters;

/// <summary><c>-Include</c> and <c>-Exclude</c> as the engine's filter.</summary>
internal static class FilterBinding
{
    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidPattern"/>.</exception>
    public static ModelFilter Create(IReadOnlyCollection<string>? include, IReadOnlyCollection<string>? exclude)
        => include is null && exclude is null
            ? ModelFilter.All
            : throw new ModelStoreException(ModelStoreErrorCode.InvalidPattern, "Patterns are not understood yet.", "Leave them out.");

    /// <summary>The wanted ones of objects that were listed before.</summary>
    public static IReadOnlyList<S3ModelObject> Apply(ModelFilter filter, IReadOnlyList<S3ModelObject> objects)
        => ReferenceEquals(filter, ModelFilter.All) ? objects : [];
}
