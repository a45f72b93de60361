namespace S3ModelStore.Engine.Source;

/// <summary>A page of a listing.</summary>
/// <param name="Objects">In the store's order.</param>
/// <param name="Continuation">Asks for the next page; <see langword="null"/> on the last.</param>
internal sealed record ListingPage(IReadOnlyList<StoredObject> Objects, string? Continuation);
