using System.Runtime.InteropServices;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Selection;

/// <summary>Where a file specification was read, for its errors. The default is a value that came from no file.</summary>
/// <param name="File">As the caller named it.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileSpecOrigin(string? File, int Line)
{
    /// <param name="reason">A sentence that names the value.</param>
    /// <param name="remedy">What to write instead.</param>
    /// <param name="target">The path concerned, if known.</param>
    /// <param name="cause">The technical cause.</param>
    public ModelStoreException Error(string reason, string remedy, string? target = null, Exception? cause = null)
    {
        var where = (File, Line) switch
        {
            (null, _) => Messages.FileSpecUnusable,
            (_, 0) => $"'{File}'",
            _ => Messages.FileAndLine(File, Line),
        };
        return new ModelStoreException(ModelStoreErrorCode.InvalidFileSpec, $"{where}: {reason}", remedy, File ?? target ?? "FileSpec", cause);
    }
}
