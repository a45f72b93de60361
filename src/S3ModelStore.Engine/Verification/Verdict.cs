using S3ModelStore.Engine.Model;

namespace S3ModelStore.Engine.Verification;

/// <summary>What came of holding a file against its proof.</summary>
/// <param name="Level">How it is proved.</param>
/// <param name="Checksum">Algorithm and value computed over its bytes.</param>
/// <param name="Expected">What that should have been, if it is not; <see langword="null"/> when all is well.</param>
/// <param name="Note">Why a stronger proof did not apply.</param>
internal sealed record Verdict(VerificationLevel Level, string Checksum, string? Expected = null, string? Note = null);
