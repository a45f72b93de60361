using System.Buffers;
using System.Text.Json;

namespace S3ModelStore.Engine.Storage;

/// <summary>
/// Writes everything kept in <see cref="StateDirectory"/>, name by name as <see cref="StateReading"/> reads it: what a serializer needs
/// takes a first download longer to set up than its files' records to write.
/// </summary>
internal static class StateWriting
{
    // A manifest of a million files goes out piece by piece.
    private const int WrittenAtOnce = 64 * 1024;

    public static void Write(Stream stream, Manifest manifest)
    {
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, manifest.Version);
        writer.WriteString("source"u8, manifest.Source);
        writer.WriteString("endpoint"u8, manifest.Endpoint);
        writer.WriteString("completedAt"u8, manifest.CompletedAt);
        writer.WriteString("fingerprint"u8, manifest.Fingerprint);
        writer.WriteStartArray("files"u8);
        foreach (var file in manifest.Files)
        {
            Write(writer, file);
            if (writer.BytesPending > WrittenAtOnce)
                writer.Flush();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, ManifestEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("path"u8, entry.Path);
        writer.WriteString("uri"u8, entry.Uri);
        writer.WriteString("key"u8, entry.Key);
        writer.WriteString("eTag"u8, entry.ETag);
        if (entry.Version is not null)
            writer.WriteString("version"u8, entry.Version);
        writer.WriteNumber("size"u8, entry.Size);
        writer.WriteString("modifiedAt"u8, entry.ModifiedAt);
        if (entry.Digest is not null)
            writer.WriteString("digest"u8, entry.Digest);
        writer.WriteString("verification"u8, entry.Verification.ToString());
        if (entry.Parts is not null)
        {
            writer.WriteStartArray("parts"u8);
            foreach (var part in entry.Parts)
            {
                writer.WriteStartObject();
                writer.WriteNumber("length"u8, part.Length);
                writer.WriteString("crc64Nvme"u8, part.Crc64Nvme);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    public static byte[] Bytes(ObjectIdentity identity)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("endpoint"u8, identity.Endpoint);
            writer.WriteString("bucket"u8, identity.Bucket);
            writer.WriteString("key"u8, identity.Key);
            writer.WriteString("eTag"u8, identity.ETag);
            if (identity.Version is not null)
                writer.WriteString("version"u8, identity.Version);
            writer.WriteNumber("size"u8, identity.Size);
            writer.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
