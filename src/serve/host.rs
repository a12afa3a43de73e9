//! Where to listen, what to print for people to open, and which `Host` a request may name.

use std::net::{
    IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs as _, UdpSocket,
};

/// Ports tried after the one asked for.
const TRIES: u16 = 100;

/// Listens on a port, or on the next free one.
pub(super) fn listen(host: &str, port: u16) -> Result<(TcpListener, u16), String> {
    let address = (host, port).to_socket_addrs().ok().and_then(|mut all| all.next());
    let mut address =
        address.ok_or_else(|| format!("`{host}` is not an address of this machine"))?;
    let last = port.saturating_add(TRIES);
    loop {
        match TcpListener::bind(address) {
            Ok(listener) => {
                let port = listener.local_addr().map_or(address.port(), |address| address.port());
                return Ok((listener, port));
            }
            Err(error)
                if error.kind() == std::io::ErrorKind::AddrInUse && address.port() < last =>
            {
                address.set_port(address.port() + 1);
            }
            Err(error) => return Err(format!("cannot listen on {address}: {error}")),
        }
    }
}

/// The addresses at which a browser finds the site.
pub(super) fn addresses(host: &str, port: u16, base: &str) -> Vec<String> {
    let ip: Option<IpAddr> = host.parse().ok();
    let hosts = match ip {
        Some(ip) if ip.is_unspecified() => {
            let outside = outside(ip).map(|ip| SocketAddr::new(ip, port).to_string());
            std::iter::once(format!("localhost:{port}")).chain(outside).collect()
        }
        Some(ip) => vec![SocketAddr::new(ip, port).to_string()],
        None => vec![format!("{host}:{port}")],
    };
    hosts.into_iter().map(|host| format!("http://{host}{base}")).collect()
}

/// This machine's address on its network. Asking for a route sends nothing.
fn outside(listening: IpAddr) -> Option<IpAddr> {
    let (own, far): (IpAddr, IpAddr) = match listening {
        IpAddr::V4(_) => (Ipv4Addr::UNSPECIFIED.into(), Ipv4Addr::new(192, 0, 2, 1).into()),
        IpAddr::V6(_) => {
            (Ipv6Addr::UNSPECIFIED.into(), Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into())
        }
    };
    let socket = UdpSocket::bind((own, 0)).ok()?;
    socket.connect((far, 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_loopback() && !ip.is_unspecified()).then_some(ip)
}

/// Whether a request may name this host. A page elsewhere can make its own name lead here (rebinding); it
/// cannot do that with an address, with `localhost`, or with the name that was asked to listen on.
pub(super) fn is_ours(header: &str, own: &str) -> bool {
    let host = match header.rsplit_once(':') {
        // A bare IPv6 address has colons of its own; with a port it stands in brackets.
        Some((host, port))
            if port.bytes().all(|byte| byte.is_ascii_digit())
                && (host.ends_with(']') || !host.contains(':')) =>
        {
            host
        }
        _ => header,
    };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    bare.parse::<IpAddr>().is_ok()
        || host == "localhost"
        || host.ends_with(".localhost")
        || host == own.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_names_that_nobody_else_can_give_are_ours() {
        for ours in [
            "localhost",
            "localhost:4040",
            "127.0.0.1:1",
            "[::1]:80",
            "::1",
            "192.168.0.7:9",
            "a.localhost",
            "BOX:1",
            "LOCALHOST.",
        ] {
            assert!(is_ours(ours, "box"), "{ours}");
        }
        for other in [
            "example.com",
            "example.com:4040",
            "localhost.example.com",
            "127.0.0.1.example.com",
            "",
            "xlocalhost",
        ] {
            assert!(!is_ours(other, "box"), "{other}");
        }
    }
}
