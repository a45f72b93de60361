using System.Management.Automation;
using S3ModelStore.Engine.Model;

namespace S3ModelStore.Formatting;

/// <summary>
/// The names that what comes down the pipeline goes by. The types live in a load context of their own, so that scripts cannot name them;
/// these names are for <c>Update-TypeData</c>, format files and <c>PSTypeName</c>, and stay when the types move.
/// </summary>
internal static class TypeNames
{
    private const string Prefix = "S3ModelStore.";

    /// <summary>The object and those inside it, named.</summary>
    public static object Give(object value)
    {
        switch (value)
        {
            case S3ModelObject:
                return Name(value, "ModelObject");
            case S3ModelSourceStatus:
                return Name(value, "SourceStatus");
            case S3ModelDownloadResult result:
                foreach (var file in result.Files)
                    Name(file, "FileResult");
                return Name(value, "DownloadResult");
            case S3ModelDownloadEstimate estimate:
                foreach (var file in estimate.LargestFile is { } largest ? estimate.Files.Append(largest) : estimate.Files)
                    Name(file, "PlannedFile");
                foreach (var extension in estimate.ByExtension)
                    Name(extension, "ExtensionSummary");
                return Name(value, "DownloadEstimate");
            default:
                return value;
        }
    }

    // PowerShell remembers the names of an object as long as it lives, however it is reached.
    private static PSObject Name(object value, string name)
    {
        var named = PSObject.AsPSObject(value);
        if (named.TypeNames[0] != Prefix + name)
            named.TypeNames.Insert(0, Prefix + name);
        return named;
    }
}
