using S3ModelStore.Engine.Model;

namespace S3ModelStore.Engine.Verification.Structure;

/// <summary>What was found out about the structure of a file.</summary>
/// <param name="State">The verdict.</param>
/// <param name="Reason">Why, as the rest of a sentence that begins with the file's name; absent for good files and for formats that are not looked into.</param>
internal sealed record StructureReport(S3ModelStructure State, string? Reason)
{
    public static StructureReport Valid { get; } = new(S3ModelStructure.Valid, Reason: null);

    /// <summary>Not a format that is looked into.</summary>
    public static StructureReport Other { get; } = new(S3ModelStructure.Unknown, Reason: null);

    public static StructureReport Invalid(string reason) => new(S3ModelStructure.Invalid, reason);

    public static StructureReport Unknown(string reason) => new(S3ModelStructure.Unknown, reason);

    /// <summary>Valid unless there is a fault.</summary>
    public static StructureReport From(string? fault) => fault is null ? Valid : Invalid(fault);
}
