using S3ModelStore.Engine.Errors;

namespace S3ModelStore.Engine.Planning;

/// <summary>Why a key gets no local path.</summary>
/// <param name="Code"><see cref="ModelStoreErrorCode.UnsafePath"/> or <see cref="ModelStoreErrorCode.NameConflict"/>.</param>
/// <param name="Reason">The rest of a sentence that begins with the key.</param>
internal sealed record PathRefusal(ModelStoreErrorCode Code, string Reason);
