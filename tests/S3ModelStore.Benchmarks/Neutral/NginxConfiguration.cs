namespace S3ModelStore.Benchmarks.Neutral;

/// <summary>What makes an nginx of static files enough of a store: anonymous GET, HEAD, ranges, If-Match, listings and checksums.</summary>
internal static class NginxConfiguration
{
    /// <summary>Writes <c>nginx.conf</c> into the directory of an <see cref="Origin"/>.</summary>
    public static string Write(string directory, int plainPort, int tlsPort, int md5Port)
    {
        PemCertificate.Write(directory);
        File.WriteAllText(Path.Combine(directory, "listing.conf"), Listing(directory));
        File.WriteAllText(Path.Combine(directory, "store.conf"), Store(directory));
        var path = Path.Combine(directory, "nginx.conf");
        File.WriteAllText(path, Servers(directory, plainPort, tlsPort, md5Port));
        return path;
    }

    private static string Listing(string directory) => $$"""
        location ~ ^/{{Origin.Bucket}}/?$ {
            root {{directory}};
            default_type application/xml;
            add_header x-amz-bucket-region us-east-1;
            try_files /listing-$page.xml =404;
        }
        """;

    // A directory is no object: nginx would redirect to it, a store has never heard of it.
    private static string Store(string directory) => $$"""
        include {{directory}}/listing.conf;
        location / {
            root {{directory}}/www;
            if (-d $request_filename) { return 404; }
            add_header x-amz-checksum-crc64nvme $crc64nvme;
            add_header x-amz-checksum-type $checksum_type;
        }
        """;

    // The checksum is told of a whole object and to whoever asks for it, as S3 does.
    private static string Servers(string directory, int plainPort, int tlsPort, int md5Port) => $$"""
        {{(Environment.IsPrivilegedProcess ? "user root;" : string.Empty)}}
        worker_processes 2;
        daemon off;
        pid {{directory}}/nginx.pid;
        events { worker_connections 8192; }
        http {
            sendfile on;
            tcp_nopush on;
            keepalive_requests 10000000;
            default_type application/octet-stream;
            log_format counted '$connection $body_bytes_sent';
            access_log {{directory}}/access.log counted;
            client_body_temp_path {{directory}}/body; proxy_temp_path {{directory}}/proxy; fastcgi_temp_path {{directory}}/fastcgi;
            uwsgi_temp_path {{directory}}/uwsgi; scgi_temp_path {{directory}}/scgi;
            map_hash_max_size 262144;
            map_hash_bucket_size 256;
            map $args $page { default 0; "~(continuation-token|marker)=(?<number>\d+)" $number; }
            map "$http_x_amz_checksum_mode|$http_range" $told { default ""; "ENABLED|" $uri; }
            map $told $crc64nvme { default ""; include {{directory}}/checksums.map; }
            map $crc64nvme $checksum_type { default ""; "~." FULL_OBJECT; }
            map $uri $md5 { default ""; include {{directory}}/etags.map; }
            server { listen 127.0.0.1:{{plainPort}} backlog=4096; include {{directory}}/store.conf; }
            server {
                listen 127.0.0.1:{{tlsPort}} ssl backlog=4096;
                ssl_certificate {{directory}}/certificate.pem;
                ssl_certificate_key {{directory}}/key.pem;
                include {{directory}}/store.conf;
            }
            server { listen unix:{{directory}}/inner.sock; access_log off; include {{directory}}/store.conf; }
            server {
                listen 127.0.0.1:{{md5Port}} backlog=4096;
                include {{directory}}/listing.conf;
                location / {
                    proxy_pass http://unix:{{directory}}/inner.sock;
                    proxy_http_version 1.1;
                    proxy_set_header If-Match "";
                    proxy_hide_header ETag;
                    proxy_max_temp_file_size 0;
                    proxy_buffers 16 64k;
                    add_header ETag $md5;
                }
            }
        }
        """;
}
