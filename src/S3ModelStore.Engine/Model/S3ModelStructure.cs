namespace S3ModelStore.Engine.Model;

/// <summary>Whether a finished file is built as its format demands. Apart from <see cref="VerificationLevel"/>: what was uploaded broken arrives broken, every byte proved.</summary>
/// <remarks>Of <see cref="long"/>, because <c>ConvertTo-Json</c> writes the names of just such enums; of the others their numbers.</remarks>
public enum S3ModelStructure : long
{
    /// <summary>A format that is not looked into, a version of it that is not known, or a file that could not be read.</summary>
    Unknown = 0,

    /// <summary>Nothing that can be told from the header is wrong.</summary>
    Valid,

    /// <summary>A loader of this format would refuse the file, or miss another one.</summary>
    Invalid,
}
