namespace S3ModelStore.Engine.Model;

/// <summary>What became of one file.</summary>
/// <remarks>Of <see cref="long"/>, because <c>ConvertTo-Json</c> writes the names of just such enums; of the others their numbers.</remarks>
public enum S3ModelFileStatus : long
{
    /// <summary>Every byte was fetched now.</summary>
    Downloaded = 0,

    /// <summary>Some bytes were there from an earlier run, the rest was fetched now.</summary>
    Resumed,

    /// <summary>The file was there already; nothing was fetched.</summary>
    Unchanged,

    /// <summary>The file was there and damaged; what was damaged was fetched now.</summary>
    Repaired,

    /// <summary>The source no longer has it; it was removed here too.</summary>
    Removed,

    /// <summary>Left out because of <see cref="NamePolicy.Skip"/>.</summary>
    Skipped,

    /// <summary>Not brought; the error says why.</summary>
    Failed,
}
