using System.Globalization;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;

namespace S3ModelStore.Parameters;

/// <summary>Stands in for the engine's reader until it is there.</summary>
internal static class FileSpecReaderStub
{
    public static IReadOnlyList<S3ModelFileSpec> ReadFile(string path)
        => throw new ModelStoreException(ModelStoreErrorCode.InvalidFileSpec, $"'{path}' cannot be read.", "Give a JSON, CSV or sha256sum file.", path);

    public static S3ModelFileSpec FromProperties(string? path, object? size, object? sha256) => string.IsNullOrEmpty(path)
        ? throw new ModelStoreException(ModelStoreErrorCode.InvalidFileSpec, "A file specification has no Path.", "Give Path, Size, Sha256.")
        : new S3ModelFileSpec
        {
            Path = path,
            Size = size is null or "" ? null : Convert.ToInt64(size, CultureInfo.InvariantCulture),
            Sha256 = sha256 as string,
        };
}
