namespace S3ModelStore.Engine.Model;

/// <summary>What is on disk for a file before a download.</summary>
/// <remarks>Of <see cref="long"/>, because <c>ConvertTo-Json</c> writes the names of just such enums; of the others their numbers.</remarks>
public enum S3ModelPlannedFileState : long
{
    /// <summary>Nothing usable is there.</summary>
    Missing = 0,

    /// <summary>Part of it is there from an earlier run.</summary>
    Partial,

    /// <summary>A file is there that is not this version of the object.</summary>
    Different,

    /// <summary>It is there, as recorded.</summary>
    Present,

    /// <summary>It is there, and its bytes are not what was recorded.</summary>
    Damaged,

    /// <summary>It is there, and no record knows it.</summary>
    Foreign,

    /// <summary>It will be left out because of its name.</summary>
    Skipped,
}
