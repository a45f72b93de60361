using System.Buffers.Binary;
using System.Text;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Verification.Structure;

namespace S3ModelStore.Engine.Tests.Verification;

/// <summary>One file on disk that takes any name and content.</summary>
public sealed class StructureBench : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), "s3modelstore-structure-" + Guid.NewGuid().ToString("N"));

    public void Dispose() => File.Delete(_path);

    internal StructureReport Check(string relativePath, byte[] content, params string[] present)
    {
        File.WriteAllBytes(_path, content);
        return StructureChecker.Check(_path, relativePath, path => present.Contains(path, StringComparer.Ordinal));
    }

    internal StructureReport CheckSafetensors(string header, int dataLength)
        => Check("a/model.safetensors", Safetensors(Encoding.UTF8.GetBytes(header), dataLength));

    /// <summary>A file of this header and so many zero bytes of data.</summary>
    internal static byte[] Safetensors(byte[] header, int dataLength)
    {
        var file = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    internal static string Tensor(string name, string type, string shape, ulong begin, ulong end)
        => $"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":[{shape}],\"data_offsets\":[{begin},{end}]}}";

    internal static void AssertInvalid(string reason, StructureReport report)
    {
        Xunit.Assert.Equal(S3ModelStructure.Invalid, report.State);
        Xunit.Assert.Contains(reason, report.Reason!, StringComparison.Ordinal);
    }
}
